package io.foreshard.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class QuantileCalibratorTest {

    private static final int LENGTH = 4000;
    private static final int SEEDS = 6;

    /** A calibrator with its model and room for what it writes. */
    private static final class Bench {

        final QuantileCalibrator calibrator;
        final double[] mean;
        final double[] growth;
        final double[][] quantiles;
        LastValue model;

        Bench(QuantileCalibrator.Builder builder, double share, int horizon) {
            calibrator = builder.build();
            model = new LastValue(share);
            mean = new double[horizon];
            growth = new double[horizon];
            quantiles = new double[calibrator.levelCount()][horizon];
        }

        void write() {
            model.forecast(mean);
            model.errorGrowth(growth);
            calibrator.write(mean, growth, quantiles);
        }

        double width(int step) {
            write();
            return quantiles[quantiles.length - 1][step - 1] - quantiles[0][step - 1];
        }

        void feed(double... samples) {
            for (double sample : samples) {
                calibrator.update(sample, model);
            }
        }
    }

    private static Bench bench(double share, int horizon) {
        return new Bench(QuantileCalibrator.builder(), share, horizon);
    }

    @Test
    void learnsFarStepsFromWhatWasForecastForThem() {
        SeededRandom random = new SeededRandom(4);
        QuantileCalibrator calibrator =
                QuantileCalibrator.builder().maxHorizonSteps(8).build();
        SeasonalNaiveModel model = new SeasonalNaiveModel(12);
        for (int step = 0; step < 3000; step++) {
            calibrator.update(100 * Math.sin(step * Math.PI / 6) + random.nextGaussian(), model);
        }
        double[] mean = new double[8];
        double[] growth = new double[8];
        double[][] quantiles = new double[9][8];
        model.forecast(mean);
        model.errorGrowth(growth);
        calibrator.write(mean, growth, quantiles);
        double width = quantiles[8][7] - quantiles[0][7];
        assertTrue(width > 3 && width < 12, "the noise of two seasons is 5.5 wide, the band: " + width);
    }

    private static void keepsItsCoverage(LongFunction<double[]> series, double share) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Bench bench = bench(share, 1);
            bench.feed(series.apply(seed));
            Coverage coverage = bench.calibrator.coverage();
            String what = "seed " + seed + ": " + coverage;
            assertEquals(0.95, coverage.overall(), 0.01, what);
            assertTrue(coverage.worstWindow() >= 0.85, what);
            assertFalse(coverage.alarm(0.1), what);
        }
    }

    @Test
    void keepsItsCoverageOnNoise() {
        keepsItsCoverage(seed -> Walks.autoregression(seed, 0, LENGTH), 0);
    }

    @Test
    void keepsItsCoverageOnAnAutoregression() {
        keepsItsCoverage(seed -> Walks.autoregression(seed, 0.8, LENGTH), 0.8);
    }

    @Test
    void keepsItsCoverageWhenTheModelIsWrong() {
        keepsItsCoverage(seed -> Walks.autoregression(seed, -0.8, LENGTH), 1);
    }

    @Test
    void keepsItsCoverageWhenTheNoiseSwings() {
        keepsItsCoverage(seed -> Walks.swingingNoise(seed, LENGTH), 0);
    }

    @Test
    void keepsItsCoverageOnSkewedCounts() {
        keepsItsCoverage(seed -> Walks.skewedCounts(seed, LENGTH), 1);
    }

    @Test
    void keepsItsCoverageWhenTheLevelShifts() {
        keepsItsCoverage(seed -> Walks.levelShifts(seed, LENGTH), 1);
    }

    @Test
    void keepsItsCoverageOnRareSpikes() {
        keepsItsCoverage(seed -> Walks.spikes(seed, LENGTH), 0);
    }

    @Test
    void leavesAsManySamplesBelowAsAbove() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] series = Walks.skewedCounts(seed, LENGTH);
            Bench bench = bench(1, 1);
            int below = 0;
            int above = 0;
            for (int step = 0; step < LENGTH; step++) {
                bench.write();
                below += step >= 500 && series[step] < bench.quantiles[2][0] ? 1 : 0;
                above += step >= 500 && series[step] > bench.quantiles[6][0] ? 1 : 0;
                bench.calibrator.update(series[step], bench.model);
            }
            assertEquals(0.1, below / (LENGTH - 500.0), 0.015, "below the 10 % quantile, seed " + seed);
            assertEquals(0.1, above / (LENGTH - 500.0), 0.015, "above the 90 % quantile, seed " + seed);
        }
    }

    @Test
    void coversFarStepsOfAWalkThatItLearnsFromLateOutcomes() {
        for (int horizon : new int[] {2, 3, 8, 13, 24, 40}) {
            int hits = 0;
            int scored = 0;
            for (long seed = 1; seed <= SEEDS; seed++) {
                double[] series = Walks.autoregression(seed, 1, LENGTH);
                Bench bench = bench(1, horizon);
                for (int step = 0; step + horizon < LENGTH; step++) {
                    bench.calibrator.update(series[step], bench.model);
                    if (step >= 500) {
                        bench.write();
                        double outcome = series[step + horizon];
                        hits += outcome >= bench.quantiles[0][horizon - 1] && outcome <= bench.quantiles[8][horizon - 1]
                                ? 1
                                : 0;
                        scored++;
                    }
                }
            }
            assertEquals(0.95, (double) hits / scored, 0.03, "coverage " + horizon + " steps ahead");
        }
    }

    @Test
    void narrowsAFarBandThatTheModelTakesForTooWide() {
        Bench bench = bench(1, 24);
        bench.feed(Walks.autoregression(3, 0, LENGTH));
        double learnt = bench.width(24);
        assertTrue(learnt < 2 * bench.width(1), "24 steps ahead " + learnt);
    }

    @Test
    void nestsTheLevelsAtEveryHorizon() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Bench bench = bench(1, 60);
            for (double sample : Walks.skewedCounts(seed, 600)) {
                bench.feed(sample);
                bench.write();
                for (int step = 0; step < 60; step++) {
                    for (int row = 1; row < bench.quantiles.length; row++) {
                        assertTrue(bench.quantiles[row][step] >= bench.quantiles[row - 1][step], "seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void startsAsWideAsTheModelSaysErrorsGrow() {
        Bench bench = bench(1, 16);
        bench.feed(0, 1, 0, 1, 0, 1);
        assertEquals(4, bench.width(16) / bench.width(1), 1e-9);
    }

    @Test
    void widensAcrossAGap() {
        Bench bench = bench(1, 1);
        double[] series = Walks.autoregression(5, 1, LENGTH);
        bench.feed(series);
        double before = bench.width(1);
        for (int step = 0; step < 15; step++) {
            bench.calibrator.skip(bench.model);
        }
        double within = bench.width(1);
        assertTrue(within > 2 * before, before + " before, " + within + " in the gap");
        bench.feed(series[LENGTH - 1]);
        assertEquals(before, bench.width(1), 0.01, "the sample after a gap teaches nothing");
    }

    @Test
    void goesOnWhenTheModelChanges() {
        double[] series = Walks.autoregression(7, 0.9, 2 * LENGTH);
        Bench bench = bench(0.2, 1);
        bench.feed(Arrays.copyOf(series, LENGTH));
        bench.model = new LastValue(0.9);
        bench.feed(Arrays.copyOfRange(series, LENGTH, 2 * LENGTH));
        assertEquals(0.95, bench.calibrator.coverage().overall(), 0.01);
    }

    @Test
    void hasNoWidthOnAConstantSeries() {
        Bench bench = bench(1, 30);
        double[] constant = new double[500];
        Arrays.fill(constant, 42.5);
        bench.feed(constant);
        assertEquals(0, bench.width(30), 0);
        assertEquals(42.5, bench.quantiles[0][0], 0);
        assertEquals(1, bench.calibrator.coverage().overall(), 0);
    }

    @Test
    void claimsNoCertaintyFromAFewEqualSamples() {
        Bench bench = bench(1, 4);
        assertEquals(0, bench.width(4), 0);
        bench.feed(7);
        assertEquals(2 * 1.96 * 7, bench.width(4), 0.01);
        bench.feed(7, 7, 7);
        assertEquals(2 * 1.96 * 7, bench.width(4), 0.01);
        bench.feed(9);
        assertTrue(bench.width(1) > 2 && bench.width(1) < 14, "width " + bench.width(1));
    }

    @Test
    void restsAtZeroWhenTheSeriesCannotBeNegative() {
        Bench bench = new Bench(QuantileCalibrator.builder().nonNegative(true), 0, 1);
        double[] series = Walks.spikes(1, LENGTH);
        bench.feed(Arrays.copyOf(series, 1000));
        int above = 0;
        for (int step = 1000; step < LENGTH; step++) {
            bench.write();
            above += bench.quantiles[0][0] > 0 ? 1 : 0;
            bench.feed(series[step]);
        }
        assertTrue(above < 30, "the lowest quantile left 0 in " + above + " of 3000 steps");
        assertEquals(0.975, bench.calibrator.coverage().overall(), 0.01, "no sample is below the lowest level");
    }

    @Test
    void countsWindowsAndTheirWorst() {
        Bench bench = bench(0, 1);
        bench.feed(Walks.autoregression(1, 0, 1000));
        assertFalse(bench.calibrator.coverage().alarm(0.05));
        double spike = 100;
        for (int step = 0; step < 60; step++) {
            spike *= -2;
            bench.feed(spike);
        }
        Coverage coverage = bench.calibrator.coverage();
        assertTrue(coverage.alarm(0.05), coverage.toString());
        assertTrue(coverage.worstWindow() <= coverage.window(), coverage.toString());
    }

    private static byte[] saved(QuantileCalibrator calibrator) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        calibrator.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static QuantileCalibrator loaded(byte... bytes) throws IOException {
        return QuantileCalibrator.load(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void goesOnBitForBitFromWhatItSaved() throws IOException {
        double[] series = Walks.skewedCounts(2, 1500);
        QuantileCalibrator kept =
                QuantileCalibrator.builder().maxHorizonSteps(33).build();
        LastValue model = new LastValue(1);
        for (int step = 0; step < 700; step++) {
            kept.update(series[step], model);
        }
        QuantileCalibrator loaded = loaded(saved(kept));
        LastValue other = (LastValue) model.copy();
        for (int step = 700; step < 1500; step++) {
            if (step % 50 == 0) {
                kept.skip(model);
                loaded.skip(other);
            } else {
                kept.update(series[step], model);
                loaded.update(series[step], other);
            }
        }
        assertArrayEquals(saved(kept), saved(loaded));
        assertEquals(kept.coverage(), loaded.coverage());
    }

    @Test
    void refusesWhatItDidNotSave() throws IOException {
        byte[] bytes = saved(QuantileCalibrator.builder().build());
        bytes[0] = 99;
        assertThrows(IOException.class, () -> loaded(bytes));
        byte[] tooManyLevels = saved(QuantileCalibrator.builder().build());
        tooManyLevels[1] = 127;
        assertThrows(IOException.class, () -> loaded(tooManyLevels));
        assertThrows(
                IOException.class,
                () -> loaded(Arrays.copyOf(saved(QuantileCalibrator.builder().build()), 100)));
    }

    @Test
    void namesWhatIsWrongWithASetting() {
        QuantileCalibrator.Builder builder = QuantileCalibrator.builder();
        assertEquals(
                "levels: 0.5 (expected: ascending within (0, 1))",
                assertThrows(IllegalArgumentException.class, () -> builder.levels(0.9, 0.5))
                        .getMessage());
        assertEquals(
                "maxHorizonSteps: 0 (expected: 1…4096)",
                assertThrows(IllegalArgumentException.class, () -> builder.maxHorizonSteps(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> builder.levels(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.levels(new double[100]));
    }

    @Test
    void worksWithoutLevelsAndWithOne() {
        for (double[] levels : new double[][] {{}, {0.9}}) {
            Bench bench = new Bench(QuantileCalibrator.builder().levels(levels), 1, 3);
            bench.feed(Walks.autoregression(1, 0.5, 300));
            bench.write();
            assertEquals(0, bench.calibrator.coverage().scored());
        }
    }

    @Test
    void allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Bench bench = bench(1, 24);
        double[] series = Walks.autoregression(1, 1, 1000);
        long least = Long.MAX_VALUE;
        // What the compiler has not come to yet may allocate: writes, a tenth of the calls, are compiled late.
        for (int round = 0; round < 40 && least >= 1024; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 20_000; step++) {
                bench.calibrator.update(series[step % 1000], bench.model);
                if (step % 10 == 0) {
                    bench.write();
                    bench.calibrator.skip(bench.model);
                }
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        // The reading itself may allocate a little; one byte per update would be 20 000.
        assertTrue(least < 1024, "allocated " + least + " bytes in 20 000 updates");
    }
}
