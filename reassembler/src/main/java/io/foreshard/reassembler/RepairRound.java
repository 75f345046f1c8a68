package io.foreshard.reassembler;

/** Where the repair of a message stands: the cursor over its incomplete blocks, and what its tail was asked for. */
final class RepairRound {

    private static final int MOST_DOUBLINGS = 6;

    private int cursor;
    private int borderBlock;
    private long dueNanos = Long.MAX_VALUE;
    private int unseenBelow;
    private int emptyBlocks;
    private int shardSize = 1;
    private boolean gaps;
    private int tailRequests;
    private long tailSinceNanos;
    private boolean tail;
    private long hopelessSinceNanos = Long.MAX_VALUE;

    /** Returns the next place in a list of this size, from which to look. */
    int next(int size) {
        cursor = cursor + 1 < size ? cursor + 1 : 0;
        return cursor;
    }

    void onArrival(int newShardSize) {
        shardSize = newShardSize;
        tailRequests = 0;
        tail = false;
    }

    void onTailRequest(long nowNanos) {
        tailRequests = Math.min(tailRequests + 1, MOST_DOUBLINGS);
        tailSinceNanos = nowNanos;
        tail = true;
    }

    /** Returns when the tail is asked for: a PTO after the next shard was due, doubled with every request without answer. */
    long tailNanos(ArrivalCurve curve, PathEstimate path) {
        if (tailRequests > 0) {
            return tailSinceNanos + (path.ptoNanos() << tailRequests);
        }
        double gap = curve.bytesPerNano() > 0 ? curve.latestBytes() / curve.bytesPerNano() : 0;
        return curve.lastNanos() + Math.min((long) gap, path.rttNanos()) + path.ptoNanos();
    }

    /** Returns whether nothing has arrived since the tail was asked for, so that all is wanted, not only what counts as lost. */
    boolean isTail() {
        return tail;
    }

    /** Notes whether the message is hopeless now, and returns since when it is, {@link Long#MAX_VALUE} if it is not. */
    long hopelessSince(boolean hopeless, long nowNanos) {
        if (!hopeless) {
            hopelessSinceNanos = Long.MAX_VALUE;
        } else if (hopelessSinceNanos == Long.MAX_VALUE) {
            hopelessSinceNanos = nowNanos;
        }
        return hopelessSinceNanos;
    }

    /** Returns the block in which the border of what is missing lay last. */
    int borderBlock() {
        return borderBlock;
    }

    void borderBlock(int number) {
        borderBlock = number;
    }

    /** Returns when to look at the incomplete blocks again. */
    long dueNanos() {
        return dueNanos;
    }

    void dueNanos(long nanos) {
        dueNanos = nanos;
    }

    boolean hasGaps() {
        return gaps;
    }

    void gaps(boolean seen) {
        gaps = seen;
    }

    /** Returns the number below which every block is in the table. */
    int unseenBelow() {
        return unseenBelow;
    }

    void advanceUnseen() {
        unseenBelow++;
    }

    int emptyBlocks() {
        return emptyBlocks;
    }

    void onEmptyBlock() {
        emptyBlocks++;
    }

    void onEmptyBlockFilled() {
        emptyBlocks--;
    }

    /** Returns the shard size seen last, the best guess for a block of which nothing has arrived. */
    int shardSize() {
        return shardSize;
    }
}
