package io.foreshard.flowshaper;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.runtime.SkillGate;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds out whether shaping helps here: epochs with and without it take turns, in drawn order, and what packets or requests cost in
 * them is compared pair by pair. It is a gate for the bypass, which has to be shown to do harm, for shaping costs something itself:
 * where both are the same, packets pass.
 *
 * <p>Confined to the control step, but for {@link #report} and {@link #completed}.
 */
final class BenefitTrial {

    /** The bypass is no forecast, so its "error" is one with which it may always be tried. */
    private static final double NO_ERROR = 0;

    /** So few that epochs which harm stay out of the 99th percentile. */
    private static final double CONTROL_SHARE = 0.01;
    /** What fails is of no use: it counts as if it had taken so much longer. */
    private static final long FAILURE_FACTOR = 10;

    private final SkillGate bypass;
    private final boolean asked;
    private final LongAdder costNanos = new LongAdder();
    private final LongAdder costed = new LongAdder();
    private long steps;

    BenefitTrial(boolean asked, String name, long seed) {
        this.asked = asked;
        GateMode mode = asked ? GateMode.FREE : GateMode.SHUT;
        this.bypass =
                new SkillGate(mode, CONTROL_SHARE, seed, name, GateListener.NOOP, SkillGate.BurdenOfProof.REACTIVE);
    }

    /** Returns whether packets are to pass unshaped now. Before the first comparison they do, as if nobody had asked for a shaper. */
    boolean bypasses() {
        return asked && (bypass.isPredictive() || bypass.report().reason() == GateReason.LEARNING);
    }

    /** Takes a request's outcome; any thread. */
    void completed(long latencyNanos, boolean succeeded) {
        costNanos.add(succeeded ? latencyNanos : FAILURE_FACTOR * latencyNanos);
        costed.increment();
    }

    /**
     * Ends a step.
     *
     * @param wouldShape whether the calculator limits anything now
     * @param stepCost what packets cost as telemetry saw it, used where no request was reported; NaN when not known
     * @param settlingSteps how long a change takes to show
     */
    void step(long nowNanos, boolean wouldShape, double stepCost, int settlingSteps) {
        if (!asked) {
            return;
        }
        long requests = costed.sumThenReset();
        double spentNanos = (double) costNanos.sumThenReset();
        double cost = requests > 0 ? spentNanos / requests : stepCost;
        if (cost > 0) {
            bypass.score(bypass.slot(), cost);
        }
        steps++;
        bypass.step(nowNanos, NO_ERROR, steps, wouldShape, settlingSteps);
    }

    /** Returns what is known; any thread. */
    TrialReport report() {
        GateReport gate = bypass.report();
        return new TrialReport(verdict(gate), gate.regret(), gate.regretError(), gate.pairs());
    }

    private TrialReport.Verdict verdict(GateReport gate) {
        if (!asked) {
            return TrialReport.Verdict.OFF;
        }
        return switch (gate.reason()) {
            case PROVEN -> TrialReport.Verdict.NO_GAIN;
            case REGRET -> TrialReport.Verdict.HELPS;
            case LEARNING, HELD_SHUT, NO_SKILL, ON_TRIAL -> TrialReport.Verdict.COMPARING;
        };
    }
}
