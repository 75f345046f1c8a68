package io.foreshard.flowsharder.placement;

import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;

/**
 * Ends trials that compare nothing for long, as half of the decisions follow forecasts meanwhile that have not proven anything. The next one
 * waits, each time twice as long. Belongs to one thread.
 */
final class TrialPatience {

    private static final int LEAST_FRUITLESS_STEPS = 300;
    /** A pair is known after about half of that. */
    private static final int FRUITLESS_PER_SETTLING = 60;

    private static final int FIRST_PAUSE_STEPS = 600;
    private static final int MOST_PAUSE_STEPS = 36_000;

    private final int fruitlessSteps;
    private long steps;
    private long pairs;
    private long fruitfulAt;
    private long pausedUntil;
    private int pauseSteps = FIRST_PAUSE_STEPS;

    TrialPatience(int settlingSteps) {
        fruitlessSteps = (int) Math.max(
                LEAST_FRUITLESS_STEPS, Math.min(Integer.MAX_VALUE, (long) FRUITLESS_PER_SETTLING * settlingSteps));
    }

    /**
     * Takes a step.
     *
     * @param report of the gate, as of the step before
     * @return whether forecasts may be on trial now
     */
    boolean step(GateReport report) {
        steps++;
        if (report.reason() != GateReason.ON_TRIAL || report.pairs() != pairs) {
            fruitfulAt = steps;
            pairs = report.pairs();
        } else if (steps - fruitfulAt >= fruitlessSteps) {
            pausedUntil = steps + pauseSteps;
            pauseSteps = Math.min(2 * pauseSteps, MOST_PAUSE_STEPS);
        }
        if (report.reason().isOpen()) {
            pauseSteps = FIRST_PAUSE_STEPS;
            return true;
        }
        return steps >= pausedUntil;
    }
}
