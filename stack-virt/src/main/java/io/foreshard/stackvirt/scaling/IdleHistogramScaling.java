package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.time.Duration;

/**
 * As many stacks as the messages of this moment need, and one more while a use is likely by the idle times of the kind alone: the hybrid histogram policy of Shahrad et al., "Serverless
 * in the Wild" (USENIX ATC 2020). Needs an {@link io.foreshard.coreapi.IdleTimeForecaster}; without one, stacks stay for a fixed time.
 */
public final class IdleHistogramScaling implements ScalingPolicy {

    private final KeepAliveScaling unknown;

    /**
     * Makes the policy.
     *
     * @param keep how long stacks stay while no window is known, up to a day
     * @throws IllegalArgumentException if out of range
     */
    public IdleHistogramScaling(Duration keep) {
        unknown = new KeepAliveScaling(keep);
    }

    @Override
    public ScalingPlan plan(ScalingView view) {
        TrafficOutlook.Window window = view.outlook().idle();
        if (window.untilMillis() == 0) {
            return unknown.plan(view);
        }
        int needed = view.neededNow();
        long idle = view.load().idle().millis(1);
        double ready = window.fromMillis() - view.bounds().coldMillis();
        boolean expected = needed == 0 && idle >= ready && idle < window.untilMillis();
        ScalingReason reason =
                expected ? ScalingReason.EXPECTED : needed == 0 ? ScalingReason.IDLE : ScalingReason.COVERS_LOAD;
        return ScalingPlan.running(expected ? 1 : needed, reason, ScalingMemory.NONE, view);
    }
}
