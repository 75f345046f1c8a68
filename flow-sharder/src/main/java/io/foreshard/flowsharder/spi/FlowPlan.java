package io.foreshard.flowsharder.spi;

/**
 * How many shards a flow is to have.
 *
 * @param count above 0
 * @param reason why as many
 */
public record FlowPlan(int count, PlanReason reason) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the count is not above 0
     */
    public FlowPlan {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: > 0)");
        }
    }
}
