package io.foreshard.forecast.interval;

import java.util.SplittableRandom;

/** Generated series whose errors are known, each from a seed. */
final class Walks {

    private Walks() {}

    /** An autoregression of the first order with normal errors of standard deviation 1; coefficient 1 is the random walk. */
    static double[] autoregression(long seed, double coefficient, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        double value = 0;
        for (int step = 0; step < length; step++) {
            value = coefficient * value + random.nextGaussian();
            series[step] = value;
        }
        return series;
    }

    /** Noise whose standard deviation swings between 1 and 9 once in a thousand steps. */
    static double[] swingingNoise(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        for (int step = 0; step < length; step++) {
            series[step] = (5 + 4 * Math.sin(step * 2 * Math.PI / 1000)) * random.nextGaussian();
        }
        return series;
    }

    /** Counts with a heavy right tail: rounded lognormal values around a mean that follows the day. */
    static double[] skewedCounts(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        for (int step = 0; step < length; step++) {
            double level = 50 + 30 * Math.sin(step * 2 * Math.PI / 288);
            series[step] = Math.rint(level * Math.exp(0.5 * random.nextGaussian()));
        }
        return series;
    }

    /** Noise around a level that jumps every 300 steps. */
    static double[] levelShifts(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        double level = 0;
        for (int step = 0; step < length; step++) {
            if (step % 300 == 0) {
                level = 50 * random.nextGaussian();
            }
            series[step] = level + random.nextGaussian();
        }
        return series;
    }

    /** Zeros, one in ten replaced by a spike. */
    static double[] spikes(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        for (int step = 0; step < length; step++) {
            series[step] = random.nextInt(10) == 0 ? Math.exp(3 + random.nextGaussian()) : 0;
        }
        return series;
    }
}
