package io.foreshard.forecast.interval;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The newest forecast of one series, written by the thread that owns the forecaster and read by any others, in a fixed memory,
 * without locks and without garbage on either side.
 *
 * <p>A sequence lock (Lameter 2005; Boehm 2012): the version is odd while the writer writes. It becomes odd before the first value
 * changes (release fence) and even after the last (release store), so a reader that sees the same even version before (acquire load)
 * and after (acquire fence) its copy has copied one publication whole. The writer never waits; a reader tries a bounded number of times.
 */
public final class LatestForecast {

    private static final int TRIES = 128;
    private static final VarHandle VERSION = version();

    private final int levelCount;
    private final int horizonSteps;
    /** The means, then the quantiles of each level. */
    private final double[] values;

    private long stamp;
    private double skill;

    @SuppressWarnings("unused") // by the handle
    private long version;

    /**
     * Makes an empty snapshot.
     *
     * @param levelCount number of quantile levels, at least 0
     * @param horizonSteps number of steps ahead, at least 1
     * @throws IllegalArgumentException if out of range
     */
    public LatestForecast(int levelCount, int horizonSteps) {
        if (levelCount < 0) {
            throw new IllegalArgumentException("levelCount: " + levelCount + " (expected: >= 0)");
        }
        if (horizonSteps < 1) {
            throw new IllegalArgumentException("horizonSteps: " + horizonSteps + " (expected: >= 1)");
        }
        this.levelCount = levelCount;
        this.horizonSteps = horizonSteps;
        values = new double[Math.multiplyExact(levelCount + 1, horizonSteps)];
    }

    private static VarHandle version() {
        try {
            return MethodHandles.lookup().findVarHandle(LatestForecast.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Replaces the forecast. Called by one thread at a time.
     *
     * @param newStamp what tells publications apart, such as the number of the newest sample or its time
     * @param mean of each step, copied; length the horizon
     * @param quantiles copied; shape {@code [levelCount][horizonSteps]}
     * @param newSkill as of {@link io.foreshard.coreapi.Forecast#skill}
     * @throws IllegalArgumentException if the shapes differ
     */
    public void publish(long newStamp, double[] mean, double[][] quantiles, double newSkill) {
        requireShape(mean, quantiles);
        long before = (long) VERSION.getOpaque(this);
        VERSION.setOpaque(this, before + 1);
        VarHandle.releaseFence();
        stamp = newStamp;
        skill = newSkill;
        System.arraycopy(mean, 0, values, 0, horizonSteps);
        for (int row = 0; row < levelCount; row++) {
            System.arraycopy(quantiles[row], 0, values, (row + 1) * horizonSteps, horizonSteps);
        }
        VERSION.setRelease(this, before + 2);
    }

    /** Before anything is written: a writer that fails half-way would leave the version odd, and readers without an answer. */
    private void requireShape(double[] mean, double[][] quantiles) {
        boolean fits = mean.length == horizonSteps && quantiles.length == levelCount;
        for (int row = 0; fits && row < levelCount; row++) {
            fits = quantiles[row].length == horizonSteps;
        }
        if (!fits) {
            throw new IllegalArgumentException("forecast: " + mean.length + " steps, " + quantiles.length
                    + " levels (expected: " + horizonSteps + " steps, " + levelCount + " levels)");
        }
    }

    /** Returns a new, empty copy of the right shape for {@link #read}. Each reader keeps its own. */
    public Copy newCopy() {
        return new Copy(horizonSteps, values.length);
    }

    /**
     * Copies the newest forecast.
     *
     * @param copy from {@link #newCopy} of this object, owned by the calling thread
     * @return false when nothing was published yet, or the writer was in the way at every try: the copy is not to be used then
     */
    public boolean read(Copy copy) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long before = (long) VERSION.getAcquire(this);
            if (before == 0) {
                return false;
            }
            if ((before & 1) == 0 && copiedAt(before, copy)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean copiedAt(long before, Copy copy) {
        copy.stamp = stamp;
        copy.skill = skill;
        System.arraycopy(values, 0, copy.values, 0, values.length);
        VarHandle.acquireFence();
        return (long) VERSION.getOpaque(this) == before;
    }

    /** One reader's copy of a forecast. Confined to that reader. */
    public static final class Copy {

        private final int horizonSteps;
        private final double[] values;
        private long stamp;
        private double skill;

        private Copy(int horizonSteps, int length) {
            this.horizonSteps = horizonSteps;
            values = new double[length];
        }

        /** Returns the stamp of the publication. */
        public long stamp() {
            return stamp;
        }

        /** Returns the skill that was published. */
        public double skill() {
            return skill;
        }

        /**
         * Returns the mean of a step.
         *
         * @param step 1 for the step after the newest sample, up to the horizon
         */
        public double mean(int step) {
            return values[step - 1];
        }

        /**
         * Returns a quantile of a step.
         *
         * @param row the index of the level
         * @param step 1 for the step after the newest sample, up to the horizon
         */
        public double quantile(int row, int step) {
            return values[(row + 1) * horizonSteps + step - 1];
        }
    }
}
