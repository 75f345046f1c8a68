package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeasonallyAdjustedModelTest {

    private static final double[] FOUR = {3, -1, -4, 2};

    private static SeasonallyAdjustedModel model(double gain, double[]... cycles) {
        return SeasonallyAdjustedModel.of(new RandomWalk(0, 10), gain, cycles);
    }

    private static double[] forecast(StreamingModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }

    @Test
    void addsTheSeasonsToTheInnerForecast() {
        assertArrayEquals(new double[] {14, 8, 7, 11, 14, 8}, forecast(model(0, FOUR, new double[] {1, -1}), 6));
    }

    @Test
    void goesOnAtTheRightPhase() {
        SeasonallyAdjustedModel model = model(0, FOUR);
        model.update(23);
        model.skip();
        assertArrayEquals(new double[] {16, 22, 23}, forecast(model, 3));
        assertEquals(16, model.next());
    }

    @Test
    void learnsASeasonThatChangesAndKeepsItsSum() {
        double[] truth = {-5, 5, 1, -1};
        SeasonallyAdjustedModel model = SeasonallyAdjustedModel.of(new Level(), 0.1, new double[] {3, -1, -4, 2});
        for (int step = 0; step < 4000; step++) {
            model.update(10 + truth[step % 4] + 0.1 * Math.sin(step * 12.9898));
        }
        double[] mean = forecast(model, 4);
        for (int phase = 0; phase < 4; phase++) {
            assertEquals(10 + truth[phase], mean[phase], 0.1);
        }
        assertEquals(40, mean[0] + mean[1] + mean[2] + mean[3], 1e-9);
    }

    /** Knows that the level is 10. */
    private static final class Level implements StreamingModel {

        @Override
        public String description() {
            return "ten";
        }

        @Override
        public void update(double sample) {}

        @Override
        public void skip() {}

        @Override
        public double next() {
            return 10;
        }

        @Override
        public void forecast(double[] mean) {
            Arrays.fill(mean, 10);
        }

        @Override
        public void errorGrowth(double[] factors) {
            Arrays.fill(factors, 1);
        }

        @Override
        public StreamingModel copy() {
            return this;
        }

        @Override
        public void save(DataOutput out) {}
    }

    @Test
    void anOutlierDoesNotComeBackEveryPeriod() {
        SeasonallyAdjustedModel model = SeasonallyAdjustedModel.of(new Level(), 0.5, FOUR.clone());
        for (int step = 0; step < 400; step++) {
            model.update(10 + FOUR[step % 4] + 0.1 * Math.sin(step * 12.9898));
        }
        double before = model.next();
        model.update(1e9);
        double[] mean = forecast(model, 4);
        assertEquals(before, mean[3], 0.3);
    }

    @Test
    void errorsGrowAsThoseOfTheInnerModel() {
        double[] factors = new double[4];
        model(0.1, FOUR).errorGrowth(factors);
        assertArrayEquals(new double[] {1, Math.sqrt(2), Math.sqrt(3), 2}, factors);
    }

    @Test
    void goesOnBitForBitAfterSavingAndCopying() {
        Property.named("saved and copied models go on bit for bit")
                .runs(60)
                .maxSize(200)
                .check((random, size) -> {
                    SeasonallyAdjustedModel model = model(random.nextDouble(), FOUR, new double[7]);
                    for (int step = 0; step < size; step++) {
                        if (random.nextInt(8) == 0) {
                            model.skip();
                        } else {
                            model.update(random.nextDouble());
                        }
                    }
                    StreamingModel copy = model.copy();
                    StreamingModel loaded = load(save(model));
                    model.update(size);
                    copy.update(size);
                    loaded.update(size);
                    assertArrayEquals(forecast(model, 30), forecast(copy, 30));
                    assertArrayEquals(forecast(model, 30), forecast(loaded, 30));
                    assertEquals(model.description(), loaded.description());
                });
    }

    private static byte[] save(StreamingModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static SeasonallyAdjustedModel load(byte... bytes) throws IOException {
        return SeasonallyAdjustedModel.load(new DataInputStream(new ByteArrayInputStream(bytes)), RandomWalk::load);
    }

    @Test
    void copiesDoNotShareTheirState() {
        SeasonallyAdjustedModel model = model(0.5, FOUR);
        double[] before = forecast(model, 8);
        model.copy().update(1000);
        assertArrayEquals(before, forecast(model, 8));
    }

    @Test
    void refusesWhatItHasNotSaved() throws IOException {
        byte[] saved = save(model(0.1, FOUR));
        byte[] newer = saved.clone();
        newer[0] = 9;
        assertThrows(IOException.class, () -> load(newer));
        byte[] hugePeriod = saved.clone();
        hugePeriod[21] = 0x7f;
        assertThrows(IOException.class, () -> load(hugePeriod));
        assertThrows(IOException.class, () -> load(Arrays.copyOf(saved, 30)));
    }

    @Test
    void staysFiniteWhateverTheSamplesAre() {
        Property.named("seasonal models stay finite").runs(100).maxSize(300).check((random, size) -> {
            SeasonallyAdjustedModel model = model(random.nextDouble(), FOUR, new double[] {1e100, -1e100});
            for (int step = 0; step < size; step++) {
                model.update((random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextInt(-300, 101)));
                assertTrue(Double.isFinite(model.next()));
            }
            for (double value : forecast(model, 20)) {
                assertTrue(Double.isFinite(value));
            }
        });
    }

    @Test
    void allocatesNothingPerUpdateWhateverThePeriods() {
        SeasonallyAdjustedModel model = model(0.1, new double[288], new double[2016]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 50_000; step++) {
                model.update(step % 7 + model.next() / 2);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertTrue(least < 1024, "allocated " + least + " bytes in 50 000 updates");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> model(1.5, FOUR));
        assertThrows(IllegalArgumentException.class, () -> model(Double.NaN, FOUR));
        assertThrows(IllegalArgumentException.class, () -> model(0.1, new double[0]));
        assertThrows(IllegalArgumentException.class, () -> model(0.1, new double[] {Double.NaN}));
    }
}
