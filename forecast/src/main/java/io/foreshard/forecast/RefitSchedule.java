package io.foreshard.forecast;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** When a forecaster chooses its models anew: as its past grows by half, at least every quarter of what it keeps, sooner on drift. */
final class RefitSchedule {

    static final int FIRST_STEPS = 32;
    static final int LEAST_GAP_STEPS = 64;

    private final int longestGapSteps;
    private long dueAt = FIRST_STEPS;
    private long lastAt;
    private boolean running;

    RefitSchedule(int maxSamples) {
        longestGapSteps = Math.max(LEAST_GAP_STEPS, maxSamples / 4);
    }

    boolean isDue(long steps) {
        return !running && steps >= dueAt;
    }

    boolean isRunning() {
        return running;
    }

    void started(long steps) {
        running = true;
        lastAt = steps;
        dueAt = steps + Math.max(FIRST_STEPS / 2, Math.min(longestGapSteps, steps / 2));
    }

    void ended() {
        running = false;
    }

    /** The errors drift: the next refit comes as soon as the gap to the last one allows. */
    void hasten(long steps) {
        dueAt = Math.min(dueAt, Math.max(steps, lastAt + LEAST_GAP_STEPS));
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(dueAt);
        out.writeLong(lastAt);
    }

    void restore(DataInput in) throws IOException {
        dueAt = Saved.count(in, "dueAt");
        lastAt = Saved.count(in, "lastAt");
        running = false;
    }
}
