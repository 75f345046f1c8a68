package io.foreshard.forecast.backtest;

import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;

/** Series to try a back-test on. */
final class Waves {

    private Waves() {}

    static double[] ramp(int length) {
        double[] ramp = new double[length];
        Arrays.setAll(ramp, i -> i);
        return ramp;
    }

    static double wave(int step) {
        return 100 + 10 * Math.sin(step * 0.6);
    }

    static double[] wave(int length, int noiseSeed) {
        SeededRandom random = new SeededRandom(noiseSeed);
        double[] wave = new double[length];
        Arrays.setAll(wave, i -> wave(i) + (noiseSeed == 0 ? 0 : random.nextGaussian()));
        return wave;
    }
}
