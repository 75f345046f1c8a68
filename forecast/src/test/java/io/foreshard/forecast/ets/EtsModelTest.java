package io.foreshard.forecast.ets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EtsModelTest {

    private static final double[] ODD = {0, -0.0, Double.MIN_VALUE, 1e-300, 1e300, -1e300, 1e100, -1e100, 1, -1, 1e9};

    @Test
    void moreSamplesMoveTheLevelByTheGain() {
        EtsModel model = EtsModel.simple(0.25, 10);
        model.update(14);
        assertEquals(11, model.next());
        model.skip();
        assertEquals(11, model.next());
    }

    @Test
    void keepsTheSeasonAfterAGap() {
        EtsModel model = EtsModel.builder(EtsForm.HOLT_WINTERS_ADDITIVE)
                .alpha(0.5)
                .beta(0.1)
                .gamma(0.2)
                .level(100)
                .season(1, 2, -3)
                .build();
        model.skip();
        assertEquals(102, model.next());
        assertArrayEquals(new double[] {2, -3, 1}, model.season());
    }

    @Test
    void followsATrendThroughAGap() {
        EtsModel model = EtsModel.holt(0.5, 0.1, 10, 2);
        model.skip();
        assertEquals(14, model.next());
    }

    @Test
    void nextEqualsTheFirstMeanAndTheGrowthStartsAtOne() {
        Property.named("next equals the first mean").runs(200).check((random, size) -> {
            EtsModel model = anyModel(random);
            for (int step = 0; step < size; step++) {
                model.update(50 + 10 * random.nextDouble());
            }
            double[] mean = new double[30];
            double[] growth = new double[30];
            model.forecast(mean);
            model.errorGrowth(growth);
            assertEquals(model.next(), mean[0], 1e-12 * Math.abs(mean[0]), model.description());
            assertEquals(1, growth[0], model.description());
            Arrays.stream(growth).forEach(factor -> assertTrue(factor >= 1 && factor < 1e200, model.description()));
        });
    }

    @Test
    void staysFiniteWhateverTheSamplesAre() {
        Property.named("ETS stays finite").runs(150).maxSize(300).check((random, size) -> {
            EtsModel model = anyModel(random);
            double[] mean = new double[40];
            double[] growth = new double[40];
            for (int step = 0; step < size; step++) {
                model.update(anySample(random));
                assertTrue(Double.isFinite(model.next()), model.description());
            }
            model.forecast(mean);
            model.errorGrowth(growth);
            assertTrue(Arrays.stream(mean).allMatch(Double::isFinite), model.description());
            assertTrue(Arrays.stream(growth).allMatch(factor -> factor >= 1 && Double.isFinite(factor)));
        });
    }

    @Test
    void goesOnBitForBitAfterSaveAndLoad() {
        Property.named("ETS saves and loads").runs(200).check((random, size) -> {
            EtsModel model = anyModel(random);
            for (int step = 0; step < size; step++) {
                model.update(20 + random.nextDouble());
            }
            EtsModel loaded = EtsModel.load(new DataInputStream(new ByteArrayInputStream(bytes(model))));
            EtsModel copy = model.copy();
            for (int step = 0; step < 50; step++) {
                double sample = 20 + random.nextDouble();
                model.update(sample);
                loaded.update(sample);
                copy.update(sample);
                assertEquals(model.next(), loaded.next());
                assertEquals(model.next(), copy.next());
            }
            assertArrayEquals(bytes(model), bytes(loaded));
        });
    }

    @Test
    void refusesBytesThatAreNoModel() throws IOException {
        byte[] bytes = bytes(EtsModel.simple(0.5, 1));
        bytes[0] = 99;
        assertThrows(IOException.class, () -> EtsModel.load(new DataInputStream(new ByteArrayInputStream(bytes))));
        bytes[0] = 1;
        bytes[1] = 77;
        assertThrows(IOException.class, () -> EtsModel.load(new DataInputStream(new ByteArrayInputStream(bytes))));
    }

    @Test
    void keepsMeansAtZeroOrAboveWhereAsked() {
        EtsModel model = EtsModel.builder(EtsForm.HOLT)
                .alpha(0.5)
                .level(1)
                .trend(-2)
                .nonNegative()
                .build();
        double[] mean = new double[3];
        model.forecast(mean);
        assertArrayEquals(new double[3], mean);
        assertEquals(0, model.next());
    }

    @Test
    void tellsWhichSettingIsWrong() {
        assertEquals(
                "beta: 0.3 (expected: 0…alpha)",
                assertThrows(IllegalArgumentException.class, () -> EtsModel.holt(0.2, 0.3, 0, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> EtsModel.simple(Double.NaN, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> EtsModel.builder(EtsForm.SIMPLE).season(1, 2).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> new EtsForm(
                        EtsForm.ErrorType.ADDITIVE, EtsForm.TrendType.NONE, EtsForm.SeasonType.MULTIPLICATIVE));
    }

    @Test
    void updatesAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EtsModel model = EtsModel.builder(EtsForm.HOLT_WINTERS_MULTIPLICATIVE)
                .alpha(0.3)
                .level(20)
                .season(1.2, 0.8)
                .build();
        long before = 0;
        double sum = 0;
        for (int step = 0; step < 20_000; step++) {
            if (step == 10_000) {
                before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            }
            model.update(20 + step % 3);
            model.skip();
            sum += model.next();
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(allocated < 2_000 && sum > 0, () -> allocated + " B for 10000 updates");
    }

    @Test
    void describesItself() {
        EtsModel model = EtsModel.builder(EtsForm.HOLT_WINTERS_ADDITIVE)
                .alpha(0.5)
                .beta(0.1)
                .gamma(0.2)
                .season(new double[24])
                .build();
        assertEquals("ETS(A,A,A,24) α=0.5000 β=0.1000 γ=0.2000", model.description());
    }

    private static byte[] bytes(EtsModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static EtsModel anyModel(SeededRandom random) {
        EtsForm form = random.pick(EtsForm.all());
        double alpha = random.nextDouble();
        EtsModelBuilder builder = EtsModel.builder(form)
                .alpha(alpha)
                .level(50)
                .beta(form.hasTrend() ? alpha * random.nextDouble() : 0)
                .gamma(form.hasSeason() ? (1 - alpha) * random.nextDouble() : 0)
                .phi(form.isDamped() ? 0.8 + 0.2 * random.nextDouble() : 1)
                .sigma(0.1 * random.nextDouble());
        return form.hasSeason() ? builder.season(1.1, 0.9, 1.2, 0.8).build() : builder.build();
    }

    private static double anySample(SeededRandom random) {
        double magnitude = Math.pow(10, 600 * random.nextDouble() - 300);
        return random.chance(0.3)
                ? random.pick(Arrays.stream(ODD).boxed().toList())
                : random.chance(0.5) ? magnitude : -magnitude;
    }
}
