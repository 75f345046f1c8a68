package io.foreshard.forecast.automatic;

import java.util.random.RandomGenerator;

/** Series of known making. */
public final class GeneratedSeries {

    private GeneratedSeries() {}

    /** A daily rhythm around a wandering level, with noise. */
    public static double[] daily(RandomGenerator random, int length, int period) {
        double[] samples = new double[length];
        double level = 100;
        for (int step = 0; step < length; step++) {
            level += 0.1 * random.nextGaussian();
            samples[step] = level + 20 * Math.sin(2 * Math.PI * step / period) + 2 * random.nextGaussian();
        }
        return samples;
    }

    /** Noise, a random walk, a rhythm, bursts or a mixture, as chance has it. */
    public static double[] any(RandomGenerator random, int length) {
        double[] samples = new double[length];
        double walk = random.nextDouble();
        double rhythm = random.nextInt(3);
        double bursts = random.nextInt(2) * 0.02;
        double level = 0;
        for (int step = 0; step < length; step++) {
            level += walk * random.nextGaussian();
            double burst = random.nextDouble() < bursts ? 30 : 0;
            samples[step] = level + rhythm * Math.sin(2 * Math.PI * step / 12) + random.nextGaussian() + burst;
        }
        return samples;
    }
}
