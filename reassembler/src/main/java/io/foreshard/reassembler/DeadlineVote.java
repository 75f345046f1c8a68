package io.foreshard.reassembler;

import io.foreshard.shardcodec.WireFormat;

/**
 * When a message's time is up: what its first shard says, or, from the second on, the second earliest time that a shard says, so
 * that one forged shard cannot cut it short.
 */
final class DeadlineVote {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private long earliest = Long.MAX_VALUE;
    private long secondEarliest = Long.MAX_VALUE;
    private int votes;

    /** Takes what a shard says: 0 is no deadline, the largest value one that is too far to say. */
    void add(int deadlineMillis, long nowNanos) {
        long says = deadlineMillis == 0 || deadlineMillis >= WireFormat.MAX_DEADLINE_MILLIS
                ? Long.MAX_VALUE
                : nowNanos + deadlineMillis * NANOS_PER_MILLI;
        if (says < earliest) {
            secondEarliest = earliest;
            earliest = says;
        } else if (says < secondEarliest) {
            secondEarliest = says;
        }
        votes = Math.min(2, votes + 1);
    }

    /** Returns the deadline, {@link Long#MAX_VALUE} if there is none. */
    long nanos() {
        return votes < 2 ? earliest : secondEarliest;
    }
}
