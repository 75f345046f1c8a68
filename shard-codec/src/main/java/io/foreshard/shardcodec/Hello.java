package io.foreshard.shardcodec;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a HELLO: asks for a session.
 *
 * @param versions versions that the initiator speaks, best first
 * @param sessionId how the responder shall name the session, chosen by the initiator, unguessable
 * @param limits what the initiator accepts
 * @param cookie proof that the initiator can receive at its address, from an earlier retry; empty at first
 * @param destination where the session is meant to end, carried for relays; {@code null} when it ends at the receiver
 */
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
        if (versions.isEmpty() || versions.size() > MAX_VERSIONS) {
            throw new IllegalArgumentException("versions: " + versions + " (expected: 1…" + MAX_VERSIONS + " versions)");
        }
        if (cookie.length > MAX_COOKIE_BYTES) {
            throw new IllegalArgumentException("cookie: " + cookie.length + " B (expected: <= " + MAX_COOKIE_BYTES + ")");
        }
        versions = List.copyOf(versions);
    }
}
