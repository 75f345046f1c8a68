package io.foreshard.forecast.arima;

import io.foreshard.simulator.SeededRandom;
import java.util.Random;

/** Series drawn from known processes. */
final class ArmaSeries {

    private static final int WARM_UP = 200;

    private ArmaSeries() {}

    static double[] draw(long seed, ArimaCoefficients process, int length) {
        Random random = new Random(seed);
        double[] ar = process.ar();
        double[] ma = process.ma();
        double[] noise = new double[WARM_UP + length];
        double[] values = new double[noise.length];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = random.nextGaussian();
            values[t] = noise[t];
            for (int i = 0; i < Math.min(t, ar.length); i++) {
                values[t] += ar[i] * values[t - 1 - i];
            }
            for (int j = 0; j < Math.min(t, ma.length); j++) {
                values[t] += ma[j] * noise[t - 1 - j];
            }
        }
        double[] series = new double[length];
        for (int t = 0; t < length; t++) {
            series[t] = values[WARM_UP + t] + process.constant();
        }
        for (int d = 0; d < process.order().d(); d++) {
            for (int t = 1; t < length; t++) {
                series[t] += series[t - 1];
            }
        }
        return series;
    }

    /** Coefficients whose partial autocorrelations stay within ±0.9. */
    static ArimaCoefficients process(SeededRandom random, int maxLags) {
        double[] ar = stable(random, random.nextInt(maxLags + 1), 1);
        double[] ma = stable(random, random.nextInt(maxLags + 1), -1);
        ArimaCoefficients plain = ArimaCoefficients.of(ar, random.nextInt(3), ma);
        return plain.order().d() < 2 && random.nextBoolean() ? plain.withConstant(random.nextDouble() * 4 - 2) : plain;
    }

    private static double[] stable(SeededRandom random, int count, int sign) {
        double[] partials = new double[count];
        for (int i = 0; i < count; i++) {
            partials[i] = 1.8 * random.nextDouble() - 0.9;
        }
        double[] coefficients = new double[count];
        Partials.toCoefficients(partials, coefficients);
        for (int i = 0; i < count; i++) {
            coefficients[i] *= sign;
        }
        return coefficients;
    }
}
