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

    /** One page at each end of a window may be used in part, and a straggler before it takes another one. */
    private static final int SPARE_PAGES = 2;

    private static final int FEWEST_PAGES = 4;

    /** Share of the budget that the ids delivered may take if all sources are open. */
    private static final int MEMORY_SHARE = 8;

    /** Returns how many ids that count up fill this many pages at least. */
    static int idsIn(int pages) {
        return (int) Math.min(Integer.MAX_VALUE, (long) (pages - SPARE_PAGES) * Long.SIZE);
    }

    /** Returns the pages of delivered ids that are charged with each source, so that pressure cannot take them away. */
    int deliveredPages() {
        int wanted = (finishedMemory + Long.SIZE - 1) / Long.SIZE + SPARE_PAGES;
        long fair = maxBytes / MEMORY_SHARE / maxSources / DeliveredIds.BYTES_PER_PAGE;
        return (int) Math.min(wanted, Math.max(FEWEST_PAGES, fair));
    }

    /** Returns the bytes charged for a source that holds no messages. */
    long sourceBytes() {
        return Source.OVERHEAD_BYTES + (long) deliveredPages() * DeliveredIds.BYTES_PER_PAGE;
    }

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
