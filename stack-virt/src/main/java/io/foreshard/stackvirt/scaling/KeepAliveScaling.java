package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import java.time.Duration;

/** As many stacks as the messages of this moment need; each that is needed no more stays for a fixed time. */
public final class KeepAliveScaling implements ScalingPolicy {

    private final long keepMillis;

    /**
     * Makes the policy.
     *
     * @param keep how long a stack that is needed no more stays, up to a day
     * @throws IllegalArgumentException if out of range
     */
    public KeepAliveScaling(Duration keep) {
        keepMillis = Checks.duration("keep", keep, Duration.ZERO, Duration.ofDays(1)) / 1_000_000;
    }

    @Override
    public ScalingPlan plan(ScalingView view) {
        int needed = view.neededNow();
        int kept = view.load().idle().neededWithin(keepMillis);
        ScalingReason reason =
                kept > needed ? ScalingReason.KEPT : needed == 0 ? ScalingReason.IDLE : ScalingReason.COVERS_LOAD;
        return ScalingPlan.running(Math.max(needed, kept), reason, ScalingMemory.NONE, view);
    }
}
