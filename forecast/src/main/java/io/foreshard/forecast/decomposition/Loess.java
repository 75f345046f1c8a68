package io.foreshard.forecast.decomposition;

import org.jspecify.annotations.Nullable;

/**
 * Local regression on equally spaced points with tricube weights (Cleveland et al. 1990, section 2). With a jump above 1 only every
 * jump-th point is fitted, the others lie on the lines between.
 */
final class Loess {

    private final int window;
    private final boolean linear;
    private final int jump;
    private final Tricube tricube = new Tricube();

    Loess(int window, int degree, int jump) {
        this.window = window;
        linear = degree > 0;
        this.jump = jump;
    }

    int window() {
        return window;
    }

    /** Smooths the first count values; the weights, if any, multiply those of the distance. Writes to out from the offset on. */
    void smooth(double[] values, int count, double @Nullable [] weights, double[] out, int offset) {
        if (count < 2) {
            out[offset] = values[0];
            return;
        }
        int step = Math.min(jump, count - 1);
        int last = 0;
        for (int at = 0; at < count; at += step) {
            out[offset + at] = fitWithin(values, count, weights, at, at);
            last = at;
        }
        if (last != count - 1) {
            out[offset + count - 1] = fitWithin(values, count, weights, count - 1, last);
        }
        interpolate(out, offset, count, step);
    }

    /** Fits at the point with the window that belongs to the anchor; where no neighbour has weight, the value itself. */
    private double fitWithin(double[] values, int count, double @Nullable [] weights, int at, int anchor) {
        int size = Math.min(window, count);
        int left = Math.max(0, Math.min(anchor - size / 2, count - size));
        double fit = fit(values, count, weights, at, left, left + size - 1);
        return Double.isNaN(fit) ? values[at] : fit;
    }

    /**
     * Fits at any point, also outside of the values.
     *
     * @return NaN where no value of the window has weight
     */
    double fit(double[] values, int count, double @Nullable [] weights, int at, int left, int right) {
        int reach = Math.max(at - left, right - at);
        int bandwidth = reach + (window > count ? (window - count) / 2 : 0);
        double[] table = tricube.weights(bandwidth, reach);
        return linear
                ? line(values, count, weights, table, at, left, right)
                : mean(values, weights, table, at, left, right);
    }

    private static double mean(
            double[] values, double @Nullable [] weights, double[] table, int at, int left, int right) {
        double weightSum = 0;
        double sum = 0;
        for (int i = left; i <= right; i++) {
            double weight = table[Math.abs(i - at)];
            if (weights != null) {
                weight *= weights[i];
            }
            weightSum += weight;
            sum += weight * values[i];
        }
        return weightSum > 0 ? sum / weightSum : Double.NaN;
    }

    private static double line(
            double[] values, int count, double @Nullable [] weights, double[] table, int at, int left, int right) {
        double weightSum = 0;
        double distanceSum = 0;
        double squareSum = 0;
        double sum = 0;
        double productSum = 0;
        for (int i = left; i <= right; i++) {
            double distance = i - at;
            double weight = table[Math.abs(i - at)];
            if (weights != null) {
                weight *= weights[i];
            }
            double weighted = weight * values[i];
            double moment = weight * distance;
            weightSum += weight;
            distanceSum += moment;
            squareSum += moment * distance;
            sum += weighted;
            productSum += weighted * distance;
        }
        if (!(weightSum > 0)) {
            return Double.NaN;
        }
        double centre = distanceSum / weightSum;
        double mean = sum / weightSum;
        double spread = squareSum / weightSum - centre * centre;
        double smallest = 0.001 * (count - 1);
        if (!(spread > smallest * smallest)) {
            return mean;
        }
        return mean - centre * (productSum / weightSum - centre * mean) / spread;
    }

    private static void interpolate(double[] out, int offset, int count, int step) {
        if (step == 1) {
            return;
        }
        for (int from = 0; from < count - 1; from += step) {
            int to = Math.min(from + step, count - 1);
            double slope = (out[offset + to] - out[offset + from]) / (to - from);
            for (int i = from + 1; i < to; i++) {
                out[offset + i] = out[offset + from] + slope * (i - from);
            }
        }
    }
}
