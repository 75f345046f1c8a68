package io.foreshard.reassembler;

import io.foreshard.shardcodec.WireFormat;

/** The validated configuration of an engine. */
record Limits(
        long maxBytes,
        long maxBytesPerSource,
        int maxMessagesPerSource,
        long maxMessageBytes,
        int maxSources,
        long unvalidatedPoolBytes,
        long maxStallNanos,
        int finishedMemory,
        boolean deliverPartial,
        long hashKey0,
        long hashKey1) {

    /** What is held for a source at most may exceed its payload quota by this: buffers are at most half empty, and small. */
    private static final int LARGEST_OVERHEAD = 3;

    /** Returns the bytes on the wire of the largest message. */
    long maxTotal() {
        return maxMessageBytes + WireFormat.MESSAGE_TRAILER_BYTES;
    }

    /** Returns the payload bytes that a source may have here unfinished; what its credit speaks of. */
    long quotaBytes() {
        return Math.max(maxBytesPerSource, maxTotal());
    }

    /** Returns the payload bytes held for a source at most: beyond its quota there is room for contradicting shards. */
    long payloadLimit() {
        return quotaBytes() + 2 * WireFormat.MAX_SHARD_BYTES;
    }

    /** Returns the bytes charged to a source at most. */
    long chargeLimit() {
        long quota = quotaBytes();
        return quota > Long.MAX_VALUE / LARGEST_OVERHEAD ? Long.MAX_VALUE : quota * LARGEST_OVERHEAD;
    }
}
