package io.foreshard.stackvirt.traffic;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.Arrays;
import java.util.Random;

/** Forecasters that know, that lie, and that break. */
final class Foretellers {

    private static final double[] LEVELS = {0.05, 0.5, 0.95};

    private Foretellers() {}

    /** Says what a step will bring, from 0. */
    interface Series {
        double at(int step);
    }

    /** Says of each step what a series says, with hardly a doubt. */
    static Forecaster saying(Series series) {
        return new Forecaster() {
            private int known;

            @Override
            public void update(double sample) {
                known++;
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                double[] values = new double[horizonSteps];
                for (int i = 0; i < horizonSteps; i++) {
                    values[i] = series.at(known + i);
                }
                return of(values);
            }
        };
    }

    static Forecast of(double... values) {
        double[][] quantiles = new double[LEVELS.length][];
        Arrays.fill(quantiles, values);
        return new Forecast(values, LEVELS, quantiles, Double.NaN);
    }

    static Forecaster broken() {
        return new Forecaster() {
            @Override
            public void update(double sample) {}

            @Override
            public Forecast forecast(int horizonSteps) {
                throw new IllegalStateException("model");
            }
        };
    }

    /** Uses by chance and bursts, in messages at a time for each slot. */
    static int[] peaks(int slots, long seed) {
        Random random = new Random(seed);
        int[] peaks = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            if (random.nextInt(90) == 0) {
                peaks[slot] = 1 + random.nextInt(25);
            }
        }
        return peaks;
    }
}
