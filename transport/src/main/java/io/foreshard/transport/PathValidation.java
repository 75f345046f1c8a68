package io.foreshard.transport;

import java.net.SocketAddress;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the peer of a session is reachable at a new address (RFC 9000, section 8.2): a random token must come back from there.
 * Until then at most three times the bytes received from it are sent to it. One candidate at a time; confined to one event loop.
 */
final class PathValidation {

    private static final int AMPLIFICATION = 3;
    private static final long RETRY_NANOS = 200_000_000L;

    private final SecureRandom random;
    private @Nullable SocketAddress candidate;
    private long token;
    private long receivedBytes;
    private long sentBytes;
    private long challengedNanos;

    PathValidation(SecureRandom random) {
        this.random = random;
    }

    /**
     * Takes a packet from an address that is not the path's.
     *
     * @return whether a challenge of the given length is to be sent to it now
     */
    boolean onPacketFrom(SocketAddress address, int packetBytes, int challengeBytes, long nowNanos) {
        if (!address.equals(candidate)) {
            if (candidate != null && nowNanos - challengedNanos < RETRY_NANOS) {
                return false;
            }
            candidate = address;
            token = random.nextLong();
            receivedBytes = 0;
            sentBytes = 0;
            challengedNanos = nowNanos - RETRY_NANOS;
        }
        receivedBytes += packetBytes;
        if (nowNanos - challengedNanos < RETRY_NANOS || sentBytes + challengeBytes > AMPLIFICATION * receivedBytes) {
            return false;
        }
        challengedNanos = nowNanos;
        sentBytes += challengeBytes;
        return true;
    }

    long token() {
        return token;
    }

    /** Takes a response; returns whether its sender's address is now validated. */
    boolean onResponse(SocketAddress from, long response) {
        if (candidate == null || !from.equals(candidate) || response != token) {
            return false;
        }
        candidate = null;
        return true;
    }
}
