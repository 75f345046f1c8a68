package io.foreshard.stackvirt.spi;

/**
 * Decides how many stacks of a kind are ready, and how ready. Pure: the same view gives the same plan, so that a recorded day can be replayed. What it
 * has to remember goes out with the plan and comes in with the next view.
 */
@FunctionalInterface
public interface ScalingPolicy {

    /**
     * Plans the stacks of a kind.
     *
     * @param view what is there and what is expected
     * @return how many there are to be
     */
    ScalingPlan plan(ScalingView view);
}
