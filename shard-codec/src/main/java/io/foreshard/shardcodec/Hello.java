package io.foreshard.shardcodec;

import io.foreshard.runtime.Checks;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a HELLO: asks for a session. Immutable.
 *
 * @param versions versions that the initiator speaks, best first, each 0…255
 * @param sessionId how the responder shall name the session, chosen by the initiator, unguessable, not 0
 * @param limits what the initiator accepts
 * @param cookie proof that the initiator can receive at its address, from an earlier retry; empty at first
 * @param destination where the session is meant to end, carried for relays; {@code null} when it ends at the receiver
 */
// The array is copied on its way in and out, and compared by content.
@SuppressWarnings("ArrayRecordComponent")
public record Hello(
        List<Integer> versions,
        long sessionId,
        SessionLimits limits,
        byte[] cookie,
        @Nullable InetSocketAddress destination) {

    /** Most versions in a HELLO. */
    public static final int MAX_VERSIONS = 8;

    /** Longest cookie. */
    public static final int MAX_COOKIE_BYTES = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Hello {
        Checks.require(
                !versions.isEmpty() && versions.size() <= MAX_VERSIONS,
                "versions",
                versions,
                "1…" + MAX_VERSIONS + " versions");
        for (int version : versions) {
            Checks.inRange("version", version, 0, 0xFF);
        }
        Checks.require(sessionId != 0, "sessionId", sessionId, "not 0");
        Checks.require(
                cookie.length <= MAX_COOKIE_BYTES, "cookie", cookie.length + " B", "<= " + MAX_COOKIE_BYTES + " B");
        Checks.require(
                destination == null || isReachable(destination), "destination", destination, "resolved, with a port");
        versions = List.copyOf(versions);
        cookie = cookie.clone();
    }

    private static boolean isReachable(InetSocketAddress address) {
        return !address.isUnresolved() && address.getPort() != 0;
    }

    /** Returns a copy of the cookie. */
    @Override
    public byte[] cookie() {
        return cookie.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hello that
                && sessionId == that.sessionId
                && versions.equals(that.versions)
                && limits.equals(that.limits)
                && Arrays.equals(cookie, that.cookie)
                && Objects.equals(destination, that.destination);
    }

    @Override
    public int hashCode() {
        return Objects.hash(versions, sessionId, limits, Arrays.hashCode(cookie), destination);
    }
}
