package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;

/**
 * As many stacks as the messages in flight of late need at a target share of what one takes: the reactive rule of Knative's pod autoscaler, with the
 * values of its published configuration as defaults. When the average over the short window needs a multiple of what is there, nothing is taken away until
 * that has been over for as long as the long window. Nothing runs once the long window is empty.
 */
public final class ConcurrencyScaling implements ScalingPolicy {

    /** Share of what a stack takes at a time that is aimed at. */
    public static final double DEFAULT_TARGET = 0.7;

    /** How many times what is there must be needed to panic. */
    public static final double DEFAULT_PANIC_THRESHOLD = 2;

    /** How long the long window is. */
    public static final long STABLE_MILLIS = 60_000;

    /** How long the short window is. */
    public static final long PANIC_MILLIS = 6_000;

    private static final double MAX_UP = 1000;
    private static final double MAX_DOWN = 2;

    private final double target;
    private final double panicThreshold;

    /** Makes the policy with the published values. */
    public ConcurrencyScaling() {
        this(DEFAULT_TARGET, DEFAULT_PANIC_THRESHOLD);
    }

    /**
     * Makes the policy.
     *
     * @param target share of what a stack takes at a time that is aimed at, above 0, at most 1
     * @param panicThreshold how many times what is there must be needed to panic, at least 1
     * @throws IllegalArgumentException if a value is out of range
     */
    public ConcurrencyScaling(double target, double panicThreshold) {
        this.target = Checks.inRange("target", target, 0.01, 1);
        this.panicThreshold = Checks.inRange("panicThreshold", panicThreshold, 1, 1000);
    }

    @Override
    public ScalingPlan plan(ScalingView view) {
        double ready = Math.max(1, view.stock().running());
        double perStack = target * view.bounds().maxInFlight();
        double most = Math.ceil(MAX_UP * ready);
        double least = Math.floor(ready / MAX_DOWN);
        double needed = Math.ceil(with(view, view.load().panicConcurrency()) / perStack);
        // A message that finds no stack at all asks for one at once, whatever the averages say.
        least = Math.max(least, Math.min(1, view.neededNow()));
        int stable = clamp(Math.ceil(with(view, view.load().stableConcurrency()) / perStack), least, most);
        int panic = clamp(needed, least, most);
        ScalingMemory memory = view.memory();
        if (needed / ready >= panicThreshold) {
            memory = new ScalingMemory(view.nowMillis(), memory.level(), 0);
        } else if (memory.sinceMillis() != ScalingMemory.NEVER
                && view.nowMillis() - memory.sinceMillis() > STABLE_MILLIS) {
            memory = ScalingMemory.NONE;
        }
        if (memory.sinceMillis() == ScalingMemory.NEVER) {
            ScalingReason reason = stable == 0 ? ScalingReason.IDLE : ScalingReason.COVERS_LOAD;
            return ScalingPlan.running(stable, reason, memory, view);
        }
        int level = Math.max(Math.max(stable, panic), memory.level());
        return ScalingPlan.running(level, ScalingReason.PANIC, new ScalingMemory(memory.sinceMillis(), level, 0), view);
    }

    private static int clamp(double value, double least, double most) {
        return (int) Math.min(Math.min(Math.max(value, least), most), 1 << 20);
    }

    /** Auxiliary work takes room like messages. */
    private static double with(ScalingView view, double messages) {
        return (messages > 0 ? Math.min(messages, 1e9) : 0) + view.load().auxiliary();
    }
}
