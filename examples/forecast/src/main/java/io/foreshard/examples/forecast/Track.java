package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import java.util.Arrays;

/** Forecasts of steps in order of time, beside what then happened. Filled while a forecaster runs, read afterwards. */
final class Track {

    private final int[] indices;
    private final double[] actual;
    private final double[] mean;
    private final double[][] quantiles;
    private final double[] levels;
    private int size;

    /** A track of at most so many steps. */
    Track(int capacity, double[] levels) {
        this.indices = new int[capacity];
        this.actual = new double[capacity];
        this.mean = new double[capacity];
        this.quantiles = new double[levels.length][capacity];
        this.levels = levels;
    }

    /** Takes one step of a forecast for the step of the series at an index. */
    void add(int index, double sample, Forecast forecast, int step) {
        indices[size] = index;
        actual[size] = sample;
        mean[size] = forecast.mean(step);
        for (int row = 0; row < levels.length; row++) {
            quantiles[row][size] = forecast.quantile(levels[row], step);
        }
        size++;
    }

    int size() {
        return size;
    }

    int index(int position) {
        return indices[position];
    }

    /** What happened; NaN where nothing is known. */
    double[] actual() {
        return Arrays.copyOf(actual, size);
    }

    double[] mean() {
        return Arrays.copyOf(mean, size);
    }

    /** The lower bound of a band, whose level must be one of those given. */
    double[] low(double coverage) {
        return quantile(Question.low(coverage));
    }

    double[] high(double coverage) {
        return quantile(Question.high(coverage));
    }

    private double[] quantile(double level) {
        return Arrays.copyOf(quantiles[Arrays.binarySearch(levels, level)], size);
    }

    /** What happened less what was forecast. */
    double[] errors() {
        double[] errors = new double[size];
        Arrays.setAll(errors, position -> actual[position] - mean[position]);
        return errors;
    }
}
