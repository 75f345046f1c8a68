package io.foreshard.forecast.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What every streaming model has to keep to, as checks that a test of a model calls. */
public final class StreamingModelContract {

    private static final int HORIZON = 40;

    private final Supplier<StreamingModel> models;
    private final Loader loader;
    private boolean growthAllocates;

    /** The static {@code load} of a model. */
    @FunctionalInterface
    public interface Loader {
        StreamingModel load(DataInput in) throws IOException;
    }

    /**
     * @param models makes a model without samples
     * @param loader loads what such a model saves
     */
    public StreamingModelContract(Supplier<StreamingModel> models, Loader loader) {
        this.models = models;
        this.loader = loader;
    }

    /** Lets {@code errorGrowth} allocate, which the contract does not forbid. Returns this. */
    public StreamingModelContract allocatingGrowth() {
        growthAllocates = true;
        return this;
    }

    /** Checks all of it but what depends on the method. */
    public void check() {
        checkItGoesOnBitForBit();
        checkItStaysFinite();
        checkItAllocatesNothing();
        checkItRefusesAnotherVersion();
    }

    private void checkItGoesOnBitForBit() {
        named("copies and loaded models go on bit for bit")
                .runs(40)
                .maxSize(400)
                .check((random, size) -> {
                    StreamingModel model = models.get();
                    walk(random, size, model);
                    StreamingModel copy = model.copy();
                    StreamingModel loaded = loader.load(input(bytesOf(model)));
                    assertSame(model, copy);
                    assertSame(model, loaded);
                    StreamingModel untouched = model.copy();
                    double[] before = forecast(untouched);
                    walk(random, size, model, copy, loaded);
                    assertSame(model, copy);
                    assertSame(model, loaded);
                    assertArrayEquals(before, forecast(untouched));
                    assertArrayEquals(bytesOf(model), bytesOf(loaded));
                });
    }

    /** The same samples and gaps for all. */
    private static void walk(SeededRandom random, int size, StreamingModel... all) {
        double level = 100 * random.nextGaussian();
        for (int step = 0; step < size; step++) {
            level += random.nextGaussian();
            boolean missing = random.chance(0.05);
            double sample = random.chance(0.02) ? 1e6 : random.chance(0.1) ? 0 : level;
            for (StreamingModel model : all) {
                if (missing) {
                    model.skip();
                } else {
                    model.update(sample);
                }
            }
        }
    }

    private void checkItStaysFinite() {
        named("finite samples give finite forecasts").runs(150).maxSize(300).check((random, size) -> {
            StreamingModel model = models.get();
            for (int step = 0; step < size; step++) {
                if (random.chance(0.1)) {
                    model.skip();
                } else {
                    model.update(anySample(random));
                }
                assertTrue(Double.isFinite(model.next()), "next " + model.next());
            }
            double[] mean = forecast(model);
            double[] growth = growth(model);
            assertEquals(mean[0], model.next());
            assertEquals(1, growth[0]);
            for (int step = 0; step < HORIZON; step++) {
                assertTrue(Double.isFinite(mean[step]), "mean " + mean[step]);
                assertTrue(growth[step] >= 1 && growth[step] < Double.POSITIVE_INFINITY, "growth " + growth[step]);
            }
        });
    }

    private static double anySample(SeededRandom random) {
        double magnitude = random.chance(0.5) ? random.nextDouble() : Math.pow(10, random.nextDouble(-300, 100));
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -magnitude;
            default -> magnitude;
        };
    }

    private void checkItAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        StreamingModel model = models.get();
        double[] mean = new double[HORIZON];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 20_000; step++) {
                if (step % 17 == 0) {
                    model.skip();
                } else {
                    model.update(step % 100 + model.next() / 2);
                }
                if (step % 100 == 0) {
                    model.forecast(mean);
                    if (!growthAllocates) {
                        model.errorGrowth(mean);
                    }
                }
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        // The reading itself may allocate a little; one byte per step would be 20 000.
        assertTrue(least < 1024, "allocated " + least + " bytes in 20 000 steps");
    }

    private void checkItRefusesAnotherVersion() {
        byte[] bytes = bytesOf(models.get());
        bytes[0]++;
        assertThrows(IOException.class, () -> loader.load(input(bytes)));
        assertThrows(IOException.class, () -> loader.load(input(new byte[] {bytes[0]})));
    }

    /**
     * Checks that factors, and shifts where asked for, of the samples are those of the forecasts, to a billionth.
     *
     * @param withShift whether the method knows no zero
     */
    public void checkEquivariance(boolean withShift) {
        named("forecasts follow factors and shifts").runs(30).maxSize(600).check((random, size) -> {
            double factor = Math.pow(10, random.nextDouble(-12, 12));
            double shift = withShift ? 1000 * factor * random.nextGaussian() : 0;
            StreamingModel model = models.get();
            StreamingModel other = models.get();
            double largest = Math.abs(shift);
            double level = 0;
            for (int step = 0; step < size; step++) {
                level = 0.9 * level + random.nextGaussian();
                double sample = random.chance(0.3) ? 0 : 10 + level + 5 * Math.sin(step / 3.0);
                largest = Math.max(largest, Math.abs(sample * factor + shift));
                if (step > 0 && random.chance(0.02)) {
                    model.skip();
                    other.skip();
                } else {
                    model.update(sample);
                    other.update(sample * factor + shift);
                }
                assertEquals(model.next() * factor + shift, other.next(), 1e-9 * largest);
            }
            double[] mean = forecast(model);
            double[] moved = forecast(other);
            for (int step = 0; step < HORIZON; step++) {
                assertEquals(mean[step] * factor + shift, moved[step], 1e-9 * largest);
            }
            assertArrayEquals(growth(model), growth(other), 1e-6);
        });
    }

    private Property named(String what) {
        return Property.named(models.get().description() + ": " + what);
    }

    private static void assertSame(StreamingModel expected, StreamingModel actual) {
        assertEquals(expected.description(), actual.description());
        assertEquals(expected.next(), actual.next());
        assertArrayEquals(forecast(expected), forecast(actual));
        assertArrayEquals(growth(expected), growth(actual));
    }

    private static double[] forecast(StreamingModel model) {
        double[] mean = new double[HORIZON];
        model.forecast(mean);
        return mean;
    }

    private static double[] growth(StreamingModel model) {
        double[] factors = new double[HORIZON];
        model.errorGrowth(factors);
        return factors;
    }

    private static byte[] bytesOf(StreamingModel model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.save(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
