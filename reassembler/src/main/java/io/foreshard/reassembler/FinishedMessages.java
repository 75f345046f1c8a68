package io.foreshard.reassembler;

import io.foreshard.runtime.KeyedLongMap;
import io.foreshard.shardcodec.RejectReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the latest messages of a source ended, so that a late shard opens none of them again. The oldest is forgotten first. Grows
 * as long as the budget has plenty of room.
 */
final class FinishedMessages {

    /** How many are remembered in any case; charged with the source. */
    static final int SMALLEST = 8;

    /** Ring, map at its emptiest, and the ending of a message that failed. */
    static final int BYTES_PER_MESSAGE = 80;

    private static final Ending DELIVERED = new Ending(null, 0);

    private final KeyedLongMap<Ending> endings;
    private final int limit;
    private long[] ids = new long[SMALLEST];
    private int size;
    private int oldest;

    /**
     * How a message ended. What failed is known by its length too: a forged shard of the same id does not make the honest
     * message fail.
     */
    record Ending(@Nullable RejectReason reason, long total) {

        boolean isDelivered() {
            return reason == null;
        }

        boolean covers(long otherTotal) {
            return isDelivered() || total == otherTotal;
        }
    }

    FinishedMessages(Limits limits) {
        endings = new KeyedLongMap<>(limits.hashKey1(), limits.hashKey0(), 0);
        limit = limits.finishedMemory();
    }

    @Nullable
    Ending get(long messageId) {
        return endings.get(messageId);
    }

    void delivered(long messageId) {
        remember(messageId, DELIVERED);
    }

    void failed(long messageId, RejectReason reason, long total) {
        remember(messageId, new Ending(reason, total));
    }

    private void remember(long messageId, Ending ending) {
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

    /** Returns what it costs to remember more, 0 if that is neither needed nor wanted now. */
    long growthBytes() {
        return size == ids.length && size < limit ? (long) BYTES_PER_MESSAGE * (grownLength() - size) : 0;
    }

    void grow() {
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

    long chargedBytes() {
        return (long) BYTES_PER_MESSAGE * (ids.length - SMALLEST);
    }

    void clear() {
        endings.clear();
        ids = Arrays.copyOf(ids, SMALLEST);
        size = 0;
        oldest = 0;
    }
}
