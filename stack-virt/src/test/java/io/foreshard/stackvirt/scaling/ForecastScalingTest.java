package io.foreshard.stackvirt.scaling;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.stackvirt.regret.VirtualStock;
import io.foreshard.stackvirt.spi.ScalingView;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ForecastScalingTest {

    private static final ScalingView.Bounds BOUNDS = new ScalingView.Bounds(0, 8, 10, 40, 1000);
    private static final int SECONDS = 6 * 3600;
    private static final double[] LEVELS = {0.05, 0.5, 0.95};

    /** Uses that come by chance. */
    private static int[] peaks(long seed) {
        Random random = new Random(seed);
        int[] peaks = new int[SECONDS];
        for (int second = 0; second < SECONDS; second++) {
            peaks[second] = random.nextInt(200) == 0 ? 1 : 0;
        }
        return peaks;
    }

    private static Forecaster saying(IntUnaryOperator peak) {
        return new Forecaster() {
            private int known;

            @Override
            public void update(double sample) {
                known++;
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                double[] values = new double[horizonSteps];
                Arrays.setAll(values, step -> peak.applyAsInt(known + step));
                double[][] quantiles = new double[LEVELS.length][];
                Arrays.fill(quantiles, values);
                return new Forecast(values, LEVELS, quantiles, Double.NaN);
            }
        };
    }

    /** What prediction alone would have cost in messages that wait, with memory at its first price. */
    private static double cost(int[] peaks, Optional<Forecaster> forecaster) {
        StackScaler.Builder builder = StackScaler.builder();
        forecaster.ifPresent(each -> builder.forecasters(() -> each));
        StackScaler scaler = builder.build();
        KindScaler kind = scaler.kind("dns", BOUNDS);
        for (int second = 0; second < SECONDS; second++) {
            if (peaks[second] > 0) {
                kind.arrived(second * 1000L + 500);
                kind.answered(second * 1000L + 700);
            }
            scaler.tick(second * 1000L + 1000);
        }
        VirtualStock stock = kind.predictiveStock();
        return stock.exposed() + stock.megabyteSeconds() / 2400;
    }

    private static int at(int[] peaks, int second) {
        return second < peaks.length ? peaks[second] : 0;
    }

    @Test
    void aForecasterThatKnowsTheFutureSparesMessagesTheirWait() {
        for (long seed = 1; seed <= 3; seed++) {
            int[] peaks = peaks(seed);
            double without = cost(peaks, Optional.empty());
            double with = cost(peaks, Optional.of(saying(second -> at(peaks, second))));
            assertTrue(with < 0.7 * without, with + " against " + without + ", seed " + seed);
        }
    }

    @Test
    void oneThatLiesCostsAFewPerCentAtMost() {
        for (long seed = 1; seed <= 3; seed++) {
            int[] peaks = peaks(seed);
            int[] others = peaks(seed + 1000);
            double without = cost(peaks, Optional.empty());
            double inverted = cost(peaks, Optional.of(saying(second -> 1 - at(peaks, second))));
            double shuffled = cost(peaks, Optional.of(saying(second -> at(others, second))));
            assertTrue(inverted < 1.03 * without, inverted + " against " + without + ", seed " + seed);
            assertTrue(shuffled < 1.03 * without, shuffled + " against " + without + ", seed " + seed);
        }
    }
}
