package io.foreshard.jmh.forecast;

import java.util.Random;

/** A load with a daily rhythm of 288 steps, noise that lasts and bursts, from a seed; goes round after 2^14 steps. */
final class SyntheticLoad {

    private static final int LENGTH = 1 << 14;
    private static final int PERIOD = 288;
    private static final double BURST_CHANCE = 0.01;

    private final double[] values = new double[LENGTH];

    SyntheticLoad(long seed) {
        Random random = new Random(seed);
        double lasting = 0;
        for (int step = 0; step < LENGTH; step++) {
            lasting = 0.8 * lasting + random.nextGaussian();
            double burst = random.nextDouble() < BURST_CHANCE ? 40 * random.nextDouble() : 0;
            values[step] = 100 + 30 * Math.sin(2 * Math.PI * step / PERIOD) + 5 * lasting + burst;
        }
    }

    double at(int step) {
        return values[step & (LENGTH - 1)];
    }
}
