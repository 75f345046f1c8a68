package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;

/**
 * The rule of the original specification, to the letter: when demand has grown by some stacks since the last plan, as many are created; when it has fallen, as many are destroyed,
 * those that are used least first. It starts late and keeps nothing, so {@link PredictiveScaling} is the default.
 */
public final class SpecifiedScaling implements ScalingPolicy {

    /** Makes the policy. */
    public SpecifiedScaling() {}

    @Override
    public ScalingPlan plan(ScalingView view) {
        int there = view.stock().running() + view.stock().starting();
        int demand = view.neededNow();
        int change = demand - view.memory().level();
        return ScalingPlan.running(
                Math.max(0, there + change),
                ScalingReason.SPECIFIED,
                new ScalingMemory(ScalingMemory.NEVER, demand, demand),
                view);
    }
}
