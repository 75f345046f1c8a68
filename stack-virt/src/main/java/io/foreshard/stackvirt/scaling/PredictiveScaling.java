package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;

/**
 * Holds a stack ready as long as the messages that it is expected to spare a cold start are worth its memory: the n-th if the probability that it is needed soon, times the
 * messages that would wait, is above price × memory × time. When load begins to rise, so many are started at once as such rises usually need. A stack goes only when it
 * has not been needed for a short time, whatever is expected; and messages that pile up get their stacks whatever they cost.
 */
public final class PredictiveScaling implements ScalingPolicy {

    /** What a start is worth in memory-time if nothing else is said: 25 ms of a processor at {@link ScalingView.Bounds#MEGABYTES_PER_CPU}. */
    public static final double DEFAULT_START_MEGABYTE_SECONDS = 200;

    /** How long what was needed stays, whatever is expected: longer than what a start takes, or stacks would flap. */
    private static final long STABLE_MILLIS = 2000;

    /** How much more than to stay must be expected to start: what a start costs beside the time it serves. */
    private static final double START_MARGIN = 1.4;

    /** How much less than to start must be expected to go: a stack that went may soon have to come again. */
    private static final double STAY_MARGIN = 0.7;

    private final double startMegabyteSeconds;

    /** Makes the policy with the default cost of a start. */
    public PredictiveScaling() {
        this(DEFAULT_START_MEGABYTE_SECONDS);
    }

    /**
     * Makes the policy.
     *
     * @param startMegabyteSeconds how much memory-time a start is worth beside the memory that it holds, such as its processor time times what a processor is worth in memory; 0…1e6
     * @throws IllegalArgumentException if out of range
     */
    public PredictiveScaling(double startMegabyteSeconds) {
        this.startMegabyteSeconds = Checks.inRange("startMegabyteSeconds", startMegabyteSeconds, 0, 1e6);
    }

    @Override
    public ScalingPlan plan(ScalingView view) {
        int there =
                view.stock().running() + view.stock().starting() + view.stock().frozen();
        int needed = view.neededNow();
        int recent = Math.min(there, view.load().idle().neededWithin(STABLE_MILLIS));
        int floor = Math.max(Math.min(needed, Math.max(1, there)), Math.max(recent, piledUp(view)));
        int expected = expected(view, there, needed);
        int running = Math.max(floor, expected);
        return ScalingPlan.running(running, reason(view, floor, expected), ScalingMemory.NONE, view);
    }

    /** Messages that wait and would fill a stack more than there is get one. */
    private static int piledUp(ScalingView view) {
        ScalingView.Load load = view.load();
        int perStack = view.bounds().maxInFlight();
        return load.waiting() < perStack ? 0 : view.neededNow();
    }

    private int expected(ScalingView view, int there, int needed) {
        TrafficOutlook outlook = view.outlook();
        double cost = view.price() * view.bounds().megabytes() * outlook.windowMillis() / 1000;
        double start = view.price() * startMegabyteSeconds;
        int stacks = 0;
        double rise = 1;
        for (int stack = 1; stack <= outlook.stacks(); stack++) {
            double margin = stack <= there ? STAY_MARGIN : START_MARGIN;
            double probability = outlook.probability(stack);
            if (stack > needed && needed > 0 && view.load().waiting() > 0) {
                rise *= outlook.rising(stack - 1);
                probability = Math.max(probability, rise);
            } else if (stack <= needed) {
                probability = Math.max(probability, LEAST_OF_NEEDED);
            }
            // A start for nothing is lost; one that is spared by staying, or comes sooner or later, is not.
            double lost = stack <= there ? -probability : 1 - probability;
            if (probability * outlook.exposed(stack) > cost * margin + start * lost) {
                stacks = stack;
            }
        }
        return stacks;
    }

    /** What is needed now is needed soon, if it is not known better. */
    private static final double LEAST_OF_NEEDED = 0.3;

    private static ScalingReason reason(ScalingView view, int floor, int expected) {
        if (view.load().waiting() > 0) {
            return ScalingReason.WAITING;
        }
        if (expected > floor) {
            return ScalingReason.EXPECTED;
        }
        if (floor > view.neededNow()) {
            return ScalingReason.KEPT;
        }
        return floor > 0 ? ScalingReason.COVERS_LOAD : ScalingReason.IDLE;
    }
}
