package io.foreshard.flowshaper.scheduling;

/**
 * Says when the head of a flow is to be dropped because packets wait longer than their class allows: CoDel, with the budget as its
 * target.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8289">RFC 8289, controlled delay active queue management</a>
 */
final class DelayBudget {

    /** CoDel's default: how long the wait must stay above the target. */
    private static final long INTERVAL_NANOS = 100_000_000L;
    /** Times are kept in units of 2^20 ns, about 1 ms, in an int that wraps after seven weeks. */
    private static final int UNIT_BITS = 20;

    private DelayBudget() {}

    /** Decides on the head of a flow that could leave now, and notes it in the flow. */
    static boolean isExceeded(Flow flow, long waitedNanos, long budgetNanos, long nowNanos) {
        if (waitedNanos < budgetNanos || flow.hasSinglePacket()) {
            flow.drops = 0;
            return false;
        }
        if (flow.drops == 0) {
            flow.drops = 1;
            flow.dropAt = unit(nowNanos + INTERVAL_NANOS);
            return false;
        }
        if (unit(nowNanos) - flow.dropAt < 0) {
            return false;
        }
        // Counted on from the last time, not from now: a flow that falls behind drops several at once until it has
        // caught up.
        flow.dropAt += unit((long) (INTERVAL_NANOS / Math.sqrt(flow.drops)));
        flow.drops = (byte) Math.min(flow.drops + 1, Byte.MAX_VALUE);
        return true;
    }

    private static int unit(long nanos) {
        return (int) (nanos >> UNIT_BITS);
    }
}
