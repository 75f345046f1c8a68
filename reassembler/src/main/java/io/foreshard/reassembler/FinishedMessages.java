package io.foreshard.reassembler;

import io.foreshard.shardcodec.RejectReason;
import org.jspecify.annotations.Nullable;

/** How the latest messages of a source ended, so that a late shard opens none of them again. */
final class FinishedMessages {

    private static final Ending DELIVERED = new Ending(null, 0);

    private final DeliveredIds delivered;
    private final FailedMessages failed;

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
        delivered = new DeliveredIds(limits);
        failed = new FailedMessages(limits);
    }

    @Nullable
    Ending get(long messageId) {
        return delivered.contains(messageId) ? DELIVERED : failed.get(messageId);
    }

    DeliveredIds delivered() {
        return delivered;
    }

    FailedMessages failed() {
        return failed;
    }

    long chargedBytes() {
        return delivered.chargedBytes() + failed.chargedBytes();
    }

    void clear() {
        delivered.clear();
        failed.clear();
    }
}
