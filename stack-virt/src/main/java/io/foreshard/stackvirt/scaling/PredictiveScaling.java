package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;

/**
 * Holds a stack ready as long as the messages that it is expected to spare a cold start are worth its memory: the n-th if the probability that it is needed soon,
 * times the messages that would wait, is above price × memory × time. What messages need at this moment is always there, and what they needed a moment ago
 * stays for a short time whatever is expected.
 */
public final class PredictiveScaling implements ScalingPolicy {

    /** How long what was needed stays, whatever is expected: longer than what a start takes, or stacks would flap. */
    private static final long STABLE_MILLIS = 2000;

    /** How much more than to stay must be expected to start. */
    private static final double START_MARGIN = 1.15;

    /** Makes the policy. */
    public PredictiveScaling() {}

    @Override
    public ScalingPlan plan(ScalingView view) {
        int needed = view.neededNow();
        int recent = view.load().idle().neededWithin(STABLE_MILLIS);
        int expected = expected(view);
        int running = Math.max(Math.max(needed, recent), expected);
        return ScalingPlan.running(running, reason(view, needed, recent, expected), ScalingMemory.NONE, view);
    }

    private static int expected(ScalingView view) {
        TrafficOutlook outlook = view.outlook();
        int there =
                view.stock().running() + view.stock().starting() + view.stock().frozen();
        double cost = view.price() * view.bounds().megabytes() * outlook.windowMillis() / 1000;
        int stacks = 0;
        for (int stack = 1; stack <= outlook.stacks(); stack++) {
            double margin = stack <= there ? 1 : START_MARGIN;
            if (outlook.probability(stack) * outlook.exposed(stack) > cost * margin) {
                stacks = stack;
            }
        }
        return stacks;
    }

    private static ScalingReason reason(ScalingView view, int needed, int recent, int expected) {
        if (view.load().waiting() > 0) {
            return ScalingReason.WAITING;
        }
        if (expected > Math.max(needed, recent)) {
            return ScalingReason.EXPECTED;
        }
        if (recent > needed) {
            return ScalingReason.KEPT;
        }
        return needed > 0 ? ScalingReason.COVERS_LOAD : ScalingReason.IDLE;
    }
}
