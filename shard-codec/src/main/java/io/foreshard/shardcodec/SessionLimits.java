package io.foreshard.shardcodec;

/**
 * What one side of a session accepts, told to the other in the handshake.
 *
 * @param maxMessageBytes largest message on the wire, trailer included
 * @param creditBytes bytes of unfinished messages held at once
 * @param creditMessages unfinished messages held at once
 * @param maxPacketBytes largest packet accepted
 */
public record SessionLimits(long maxMessageBytes, long creditBytes, int creditMessages, int maxPacketBytes) {

    /** Length on the wire. */
    static final int BYTES = 16;

    private static final long MAX_U32 = 0xFFFFFFFFL;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public SessionLimits {
        require(maxMessageBytes > 0 && maxMessageBytes <= MAX_U32, "maxMessageBytes", maxMessageBytes, "1…2^32-1");
        require(creditBytes > 0 && creditBytes <= MAX_U32, "creditBytes", creditBytes, "1…2^32-1");
        require(creditMessages > 0 && creditMessages <= 0xFFFF, "creditMessages", creditMessages, "1…65535");
        require(
                maxPacketBytes >= WireFormat.MIN_PATH_MTU_BYTES && maxPacketBytes <= 0xFFFF,
                "maxPacketBytes",
                maxPacketBytes,
                WireFormat.MIN_PATH_MTU_BYTES + "…65535");
    }

    private static void require(boolean holds, String name, long value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
