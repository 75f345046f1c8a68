package io.foreshard.jmh.gain;

import java.util.Arrays;
import java.util.Random;

/**
 * The geometric mean of ratios of paired runs, and its bootstrap interval over the seeds.
 *
 * @param value the mean
 * @param low lower end of the 95 % interval
 * @param high its upper end
 */
public record Ratio(double value, double low, double high) {

    private static final int RESAMPLES = 4_000;

    /**
     * Compares pairs.
     *
     * @param numerators above 0
     * @param denominators as many, above 0
     * @param seed of the resampling
     */
    public static Ratio of(double[] numerators, double[] denominators, long seed) {
        double[] logs = new double[numerators.length];
        Arrays.setAll(logs, i -> Math.log(numerators[i] / denominators[i]));
        Random random = new Random(seed);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < logs.length; j++) {
                sum += logs[random.nextInt(logs.length)];
            }
            means[i] = sum / logs.length;
        }
        Arrays.sort(means);
        return new Ratio(
                Math.exp(Arrays.stream(logs).average().orElse(Double.NaN)),
                Math.exp(means[RESAMPLES / 40]),
                Math.exp(means[RESAMPLES - 1 - RESAMPLES / 40]));
    }
}
