package io.foreshard.shardcodec;

import io.foreshard.runtime.Checks;

/**
 * What one side of a session accepts, told to the other in the handshake.
 *
 * @param maxMessageBytes largest message on the wire, trailer included
 * @param creditBytes bytes of unfinished messages held at once
 * @param creditMessages unfinished messages held at once
 * @param maxPacketBytes largest packet accepted
 */
public record SessionLimits(long maxMessageBytes, long creditBytes, int creditMessages, int maxPacketBytes) {

    private static final long MAX_U32 = 0xFFFFFFFFL;
    private static final int MAX_U16 = 0xFFFF;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public SessionLimits {
        Checks.inRange("maxMessageBytes", maxMessageBytes, 1, MAX_U32);
        Checks.inRange("creditBytes", creditBytes, 1, MAX_U32);
        Checks.inRange("creditMessages", creditMessages, 1, MAX_U16);
        Checks.inRange("maxPacketBytes", maxPacketBytes, WireFormat.MIN_PATH_MTU_BYTES, MAX_U16);
    }
}
