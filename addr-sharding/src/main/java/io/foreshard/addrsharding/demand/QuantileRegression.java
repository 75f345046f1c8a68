package io.foreshard.addrsharding.demand;

import java.util.Arrays;

/**
 * Quantiles as sums of features, each weighted by 0 or more: linear quantile regression (Koenker and Bassett, Econometrica 46, 1978) on
 * the newest examples, the same for all levels, older ones counting less. Weights that cannot be negative keep a feature from undoing another, so few examples are
 * enough, and a feature that tells nothing ends at 0. Minimised by projected gradients with adaptive steps (Adam: Kingma and Ba, 2015).
 *
 * <p>Confined to one thread. Deterministic: the same examples give the same weights.
 */
final class QuantileRegression {

    private static final double FIRST_WEIGHT = 0.1;
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double SCALE_LEVEL = 0.98;

    private final double[] levels;
    private final int features;
    private final int capacity;
    private final float[] rows;
    private final float[] labels;
    private final double[][] weights;
    private final double[] ages;
    private long count;
    private int above;

    /**
     * Makes a regression without examples.
     *
     * @param levels which quantiles, each in (0, 1)
     * @param features how many there are
     * @param capacity how many examples are kept
     * @param halfLife after how many examples one counts half
     */
    QuantileRegression(double[] levels, int features, int capacity, double halfLife) {
        this.levels = levels.clone();
        this.features = features;
        this.capacity = capacity;
        rows = new float[capacity * features];
        labels = new float[capacity];
        weights = new double[levels.length][features];
        for (double[] each : weights) {
            Arrays.fill(each, FIRST_WEIGHT);
        }
        ages = new double[capacity];
        Arrays.setAll(ages, age -> Math.pow(0.5, age / halfLife));
    }

    void add(double[] example, double label) {
        int slot = (int) (count % capacity);
        above += (label > 0 ? 1 : 0) - (labels[slot] > 0 ? 1 : 0);
        for (int i = 0; i < features; i++) {
            rows[slot * features + i] = (float) example[i];
        }
        labels[slot] = (float) label;
        count++;
    }

    int size() {
        return (int) Math.min(count, capacity);
    }

    /** Returns of how many examples the label is above 0. */
    int above() {
        return above;
    }

    /** Returns the quantile of a level, by its place among the levels. */
    double predict(int level, double[] example) {
        double sum = 0;
        for (int i = 0; i < features; i++) {
            sum += weights[level][i] * example[i];
        }
        return sum;
    }

    /**
     * Moves the weights towards those of the least loss.
     *
     * @param passes how many times over all examples
     * @param rate of the first pass; the last has a tenth
     */
    void fit(int passes, double rate) {
        int size = size();
        if (size == 0) {
            return;
        }
        double scale = scale(size);
        for (int level = 0; level < levels.length; level++) {
            fit(level, size, scale, passes, rate);
        }
    }

    private void fit(int level, int size, double scale, int passes, double rate) {
        double[] weighted = weights[level];
        double[] gradient = new double[features];
        double[] means = new double[features];
        double[] squares = new double[features];
        double meanFade = 1;
        double squareFade = 1;
        for (int pass = 0; pass < passes; pass++) {
            gradient(levels[level], weighted, size, scale, gradient);
            meanFade *= MEAN_DECAY;
            squareFade *= SQUARE_DECAY;
            double step = rate * (1 - 0.9 * (pass + 1) / passes);
            for (int i = 0; i < features; i++) {
                means[i] = MEAN_DECAY * means[i] + (1 - MEAN_DECAY) * gradient[i];
                squares[i] = SQUARE_DECAY * squares[i] + (1 - SQUARE_DECAY) * gradient[i] * gradient[i];
                double spread = Math.sqrt(squares[i] / (1 - squareFade)) + 1e-9;
                weighted[i] = Math.max(0, weighted[i] - step * means[i] / (1 - meanFade) / spread);
            }
        }
    }

    private void gradient(double level, double[] weighted, int size, double scale, double[] gradient) {
        Arrays.fill(gradient, 0);
        double total = 0;
        for (int age = 0; age < size; age++) {
            int slot = (int) ((count - 1 - age) % capacity);
            int row = slot * features;
            double sum = 0;
            for (int i = 0; i < features; i++) {
                sum += weighted[i] * rows[row + i];
            }
            double slope = (labels[slot] > sum ? -level : 1 - level) * ages[age] / scale;
            for (int i = 0; i < features; i++) {
                gradient[i] += slope * rows[row + i];
            }
            total += ages[age];
        }
        for (int i = 0; i < features; i++) {
            gradient[i] /= total;
        }
    }

    /** What counts as large, so that steps mean the same for any series. */
    private double scale(int size) {
        float[] sorted = Arrays.copyOf(labels, size);
        Arrays.sort(sorted);
        return Math.max(1, sorted[(int) (SCALE_LEVEL * (size - 1))]);
    }
}
