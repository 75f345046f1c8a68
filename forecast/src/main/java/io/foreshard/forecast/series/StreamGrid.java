package io.foreshard.forecast.series;

import java.util.function.DoubleConsumer;

/** Where a live source stands on its grid: takes times, tells the sink the steps that have no sample. */
final class StreamGrid {

    private static final int TRACKING_DIVISOR = 16;

    private final long stepNanos;
    private final int maxGapSteps;
    private final int seasonSteps;
    private final DoubleConsumer sink;
    private final ReasonTally tally;
    private boolean started;
    private long lastStepNanos;
    private int lateInARow;

    StreamGrid(long stepNanos, int maxGapSteps, int seasonSteps, DoubleConsumer sink, ReasonTally tally) {
        this.stepNanos = stepNanos;
        this.maxGapSteps = maxGapSteps;
        this.seasonSteps = seasonSteps;
        this.sink = sink;
        this.tally = tally;
    }

    /** What a time means. */
    enum Move {
        /** The step is over or has a sample already. */
        REFUSED,
        /** The sample is that of the next step. */
        NEXT,
        /** So is it, but the clock jumped. */
        RESTARTED
    }

    /** Moves to the step before that of the time, and tells the sink those without a sample. */
    Move moveTo(long timeNanos) {
        if (!started) {
            started = true;
            lastStepNanos = timeNanos;
            return Move.NEXT;
        }
        long steps = stepsTo(timeNanos);
        if (steps > maxGapSteps + 1L) {
            return restart(timeNanos, steps);
        }
        if (steps > 0) {
            return next(timeNanos, steps);
        }
        if (steps == 0) {
            tally.count(IngestReason.DUPLICATE);
            return Move.REFUSED;
        }
        return late(timeNanos, steps);
    }

    /** Tells the steps whose samples cannot come anymore. */
    void advanceTo(long nowNanos) {
        long ahead = started ? stepsTo(nowNanos - stepNanos) : 0;
        if (ahead > 0 && ahead <= maxGapSteps) {
            skip(ahead);
            lastStepNanos += ahead * stepNanos;
        }
    }

    /** Nearest whole number of steps from the last one; a difference that does not fit a long is one far back. */
    private long stepsTo(long timeNanos) {
        long ahead = timeNanos - lastStepNanos;
        long whole = Math.floorDiv(ahead, stepNanos);
        return Math.floorMod(ahead, stepNanos) > stepNanos / 2 ? whole + 1 : whole;
    }

    private Move next(long timeNanos, long steps) {
        lateInARow = 0;
        skip(steps - 1);
        lastStepNanos += steps * stepNanos;
        lastStepNanos += (timeNanos - lastStepNanos) / TRACKING_DIVISOR;
        return Move.NEXT;
    }

    private Move late(long timeNanos, long steps) {
        if (++lateInARow < StreamIngest.LATE_BEFORE_RESTART) {
            tally.count(IngestReason.LATE);
            return Move.REFUSED;
        }
        return restart(timeNanos, steps);
    }

    private Move restart(long timeNanos, long steps) {
        tally.count(IngestReason.CLOCK_JUMP);
        lateInARow = 0;
        lastStepNanos = timeNanos;
        skip(seasonSteps > 0 ? Math.floorMod(steps - 1, seasonSteps) : 1);
        return Move.RESTARTED;
    }

    private void skip(long steps) {
        for (long i = 0; i < steps; i++) {
            tally.count(IngestReason.MISSING_STEP);
            sink.accept(Double.NaN);
        }
    }
}
