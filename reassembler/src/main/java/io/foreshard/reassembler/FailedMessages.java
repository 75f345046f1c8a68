package io.foreshard.reassembler;

import io.foreshard.runtime.KeyedLongMap;
import io.foreshard.shardcodec.RejectReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why the latest messages of a source failed, so that a late shard opens none of them again. The oldest is forgotten first. */
final class FailedMessages implements Growing {

    /** How many are remembered in any case; charged with the source. */
    static final int SMALLEST = 8;

    /** Ring, map at its emptiest, and the ending. */
    static final int BYTES_PER_MESSAGE = 80;

    private final KeyedLongMap<FinishedMessages.Ending> endings;
    private final int limit;
    private long[] ids = new long[SMALLEST];
    private int size;
    private int oldest;

    FailedMessages(Limits limits) {
        endings = new KeyedLongMap<>(limits.hashKey1(), limits.hashKey0(), 0);
        limit = limits.finishedMemory();
    }

    FinishedMessages.@Nullable Ending get(long messageId) {
        return endings.get(messageId);
    }

    void add(long messageId, RejectReason reason, long total) {
        remember(messageId, new FinishedMessages.Ending(reason, total));
    }

    private void remember(long messageId, FinishedMessages.Ending ending) {
        if (endings.put(messageId, ending) != null) {
            return;
        }
        if (size == ids.length) {
            endings.remove(ids[oldest]);
            ids[oldest] = messageId;
            oldest = (oldest + 1) % size;
        } else {
            ids[size++] = messageId;
        }
    }

    @Override
    public long growthBytes() {
        return size == ids.length && size < limit ? (long) BYTES_PER_MESSAGE * (grownLength() - size) : 0;
    }

    @Override
    public void grow() {
        // The ring has turned: the oldest must come first again.
        long[] grown = new long[grownLength()];
        System.arraycopy(ids, oldest, grown, 0, size - oldest);
        System.arraycopy(ids, 0, grown, size - oldest, oldest);
        ids = grown;
        oldest = 0;
    }

    private int grownLength() {
        return (int) Math.min(limit, 2L * ids.length);
    }

    @Override
    public long chargedBytes() {
        return (long) BYTES_PER_MESSAGE * (ids.length - SMALLEST);
    }

    void clear() {
        endings.clear();
        ids = Arrays.copyOf(ids, SMALLEST);
        size = 0;
        oldest = 0;
    }
}
