package io.foreshard.runtime;

import java.util.Arrays;

/**
 * Scores forecasts of a series once the samples have come: the mean absolute error over the steps ahead, divided by that of the naive
 * forecast made at the same time, which says that the last sample stands (mean absolute scaled error, Hyndman and Koehler, 2006).
 * Old errors fade. A forecast that is not finite counts as wrong by as much as the naive one, and by the sample itself on top.
 *
 * <p>Not safe for use by several threads. Allocates nothing after construction.
 */
public final class ForecastScore {

    private final int steps;
    private final double fade;
    private final double[][] made;
    private final double[] naive;
    private double last = Double.NaN;
    private long now;
    private double errors;
    private double naiveErrors;
    private long scored;

    /**
     * Makes a score without samples.
     *
     * @param steps how many steps ahead are scored, above 0
     * @param memorySteps after how many steps an error counts 1/e, above 0
     */
    public ForecastScore(int steps, double memorySteps) {
        this.steps = Checks.positive("steps", steps);
        this.fade = Math.exp(-1 / memorySteps);
        this.made = new double[steps][steps];
        this.naive = new double[steps];
        Arrays.fill(naive, Double.NaN);
    }

    /**
     * Takes the sample of a step.
     *
     * @param sample {@link Double#NaN} when the step has none, as an infinite one is taken too
     */
    public void observe(double sample) {
        now++;
        if (Double.isFinite(sample)) {
            compare(sample);
            last = sample;
        }
        // What was expected a whole ring ago must not pass for new where nothing is expected now.
        expectNothing();
    }

    private void compare(double sample) {
        boolean any = false;
        double error = 0;
        double naiveError = 0;
        for (int ahead = 1; ahead <= steps; ahead++) {
            int slot = (int) Math.floorMod(now - ahead, (long) steps);
            if (now - ahead >= 1 && !Double.isNaN(naive[slot])) {
                double off = Math.abs(sample - naive[slot]);
                double miss = Math.abs(sample - made[slot][ahead - 1]);
                naiveError += off;
                error += Double.isFinite(miss) ? miss : off + Math.abs(sample);
                any = true;
            }
        }
        if (any) {
            errors = errors * fade + error;
            naiveErrors = naiveErrors * fade + naiveError;
            scored++;
        }
    }

    /**
     * Takes what is expected at this step of the next ones; call once after {@link #observe}.
     *
     * @param expected {@code [steps]} or longer, the next step first; copied
     */
    public void expect(double[] expected) {
        int slot = (int) Math.floorMod(now, (long) steps);
        System.arraycopy(expected, 0, made[slot], 0, steps);
        naive[slot] = last;
    }

    /** Takes that nothing is expected at this step. */
    public void expectNothing() {
        naive[(int) Math.floorMod(now, (long) steps)] = Double.NaN;
    }

    /** Returns the error in units of the naive forecast's, {@link Double#NaN} when there is none. */
    public double value() {
        return naiveErrors > 0 ? errors / naiveErrors : Double.NaN;
    }

    /** Returns how many samples were compared with a forecast. */
    public long scored() {
        return scored;
    }
}
