package io.foreshard.forecast.arima;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArimaModelTest {

    private static final double[] NONE = {};

    @Test
    void aWalkRepeatsItsLastSample() {
        ArimaModel model = ArimaModel.of(ArimaCoefficients.of(NONE, 1, NONE));
        model.update(7);
        assertArrayEquals(new double[] {7, 7, 7}, forecast(model, 3));
    }

    @Test
    void aWalkWithDriftClimbsThroughAGap() {
        ArimaModel model = ArimaModel.of(ArimaCoefficients.of(NONE, 1, NONE).withConstant(2));
        model.update(10);
        model.skip();
        model.skip();
        assertArrayEquals(new double[] {16, 18}, forecast(model, 2));
    }

    @Test
    void twoDifferencesContinueALine() {
        ArimaModel model = ArimaModel.of(ArimaCoefficients.of(NONE, 2, NONE));
        model.update(1);
        assertEquals(1, model.next());
        model.update(4);
        assertArrayEquals(new double[] {7, 10, 13}, forecast(model, 3));
    }

    @Test
    void twoDifferencesBeginWithTwoSamplesInARow() {
        ArimaModel model = ArimaModel.of(ArimaCoefficients.of(NONE, 2, NONE));
        model.update(1);
        model.skip();
        model.update(5);
        assertEquals(5, model.next());
        model.update(6);
        assertEquals(7, model.next());
    }

    @Test
    void aModelWithoutSamplesExpectsItsMean() {
        ArimaModel model =
                ArimaModel.of(ArimaCoefficients.of(new double[] {0.5}, 0, NONE).withConstant(3));
        assertArrayEquals(new double[] {3, 3}, forecast(model, 2));
        model.skip();
        assertEquals(3, model.next());
    }

    @Test
    void theFirstForecastIsNext() {
        Property.named("the first forecast is next").runs(60).maxSize(50).check((random, size) -> {
            ArimaModel model = ArimaModel.of(ArmaSeries.process(random, 5));
            for (int t = 0; t < size; t++) {
                feed(model, random.chance(0.2) ? Double.NaN : random.nextGaussian());
                assertEquals(model.next(), forecast(model, 4)[0]);
            }
        });
    }

    @Test
    void farForecastsAreThoseOfSkippedSteps() {
        Property.named("far forecasts are those of skipped steps")
                .runs(100)
                .maxSize(80)
                .check((random, size) -> {
                    ArimaModel model = ArimaModel.of(ArmaSeries.process(random, 5));
                    for (int t = 0; t < size; t++) {
                        feed(model, random.chance(0.1) ? Double.NaN : random.nextGaussian());
                    }
                    for (double mean : forecast(model, 12)) {
                        assertEquals(mean, model.next(), 1e-9 * (1 + Math.abs(mean)));
                        model.skip();
                    }
                });
    }

    @Test
    void errorsGrowAsTheyDoOverSkippedSteps() {
        Property.named("errors grow as over skipped steps").runs(60).maxSize(5).check((random, size) -> {
            ArimaModel model = ArimaModel.of(ArmaSeries.process(random, size));
            for (int t = 0; t < 1500; t++) {
                model.update(random.nextGaussian());
            }
            double[] growth = new double[30];
            model.errorGrowth(growth);
            for (double factor : growth) {
                assertEquals(factor, model.nextErrorFactor(), 1e-6 * factor);
                model.skip();
            }
        });
    }

    @Test
    void errorsNeverShrinkWithTheHorizon() {
        Property.named("errors never shrink").runs(100).maxSize(5).check((random, size) -> {
            ArimaModel model = ArimaModel.of(ArmaSeries.process(random, size));
            double[] growth = new double[200];
            model.errorGrowth(growth);
            assertEquals(1, growth[0]);
            for (int step = 1; step < growth.length; step++) {
                assertTrue(growth[step] >= growth[step - 1]);
            }
        });
    }

    @Test
    void theSteadyStateEqualsTheFullFilter() {
        Property.named("the steady state equals the full filter")
                .runs(40)
                .maxSize(400)
                .check((random, size) -> {
                    ArimaCoefficients process = ArmaSeries.process(random, 5);
                    double[] series = ArmaSeries.draw(random.nextLong(), process, size + 10);
                    ArimaModel model = ArimaModel.of(process);
                    double[] byAutocovariance = BestLinearForecast.of(process, series);
                    int differences = process.order().d();
                    for (int t = 0; t < series.length; t++) {
                        if (t >= differences) {
                            assertEquals(byAutocovariance[t], model.next(), 1e-6 * (1 + Math.abs(series[t])));
                        }
                        model.update(series[t]);
                    }
                });
    }

    @Test
    void goesOnBitForBitAfterSaveAndLoad() {
        Property.named("goes on after save and load").runs(80).maxSize(120).check((random, size) -> {
            ArimaModel model = ArimaModel.of(ArmaSeries.process(random, 5));
            for (int t = 0; t < size; t++) {
                feed(model, random.chance(0.1) ? Double.NaN : 1e3 * random.nextGaussian());
            }
            ArimaModel loaded = ArimaModel.load(new DataInputStream(new ByteArrayInputStream(bytes(model))));
            ArimaModel copy = model.copy();
            assertEquals(model.description(), loaded.description());
            for (int t = 0; t < 40; t++) {
                double sample = random.chance(0.2) ? Double.NaN : random.nextGaussian();
                feed(model, sample);
                feed(loaded, sample);
                feed(copy, sample);
                assertArrayEquals(forecast(model, 5), forecast(loaded, 5));
                assertArrayEquals(forecast(model, 5), forecast(copy, 5));
            }
            assertArrayEquals(bytes(model), bytes(loaded));
        });
    }

    @Test
    void refusesBrokenBytes() throws IOException {
        byte[] good = bytes(ArimaModel.of(ArimaCoefficients.of(new double[] {0.5}, 1, new double[] {0.2})));
        for (int length = 0; length < good.length; length++) {
            DataInputStream cut = new DataInputStream(new ByteArrayInputStream(good, 0, length));
            assertThrows(IOException.class, () -> ArimaModel.load(cut));
        }
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] = (byte) 0xff;
            loadOrRefuse(bad);
        }
    }

    private static void loadOrRefuse(byte[] bytes) {
        try {
            ArimaModel model = ArimaModel.load(new DataInputStream(new ByteArrayInputStream(bytes)));
            model.update(1);
            assertTrue(Double.isFinite(model.next()));
        } catch (IOException e) {
            assertTrue(e.getMessage() == null || !e.getMessage().isEmpty());
        }
    }

    @Test
    void staysFiniteForHugeAndTinySamples() {
        Property.named("stays finite").runs(100).maxSize(200).check((random, size) -> {
            ArimaModel model = ArimaModel.of(ArmaSeries.process(random, 5));
            double magnitude = Math.pow(10, random.nextInt(609) - 300);
            for (int t = 0; t < size; t++) {
                feed(model, random.chance(0.2) ? Double.NaN : magnitude * (2 * random.nextDouble() - 1));
                for (double mean : forecast(model, 20)) {
                    assertTrue(Double.isFinite(mean));
                }
            }
        });
    }

    @Test
    void growsNoFasterThanItsErrorsThroughAnEndlessGap() {
        ArimaModel model = ArimaModel.of(ArimaCoefficients.of(new double[] {0.9}, 2, new double[] {-0.3}));
        for (int t = 0; t < 100; t++) {
            model.update(Math.sin(t));
        }
        for (int t = 0; t < 100_000; t++) {
            model.skip();
        }
        assertTrue(Double.isFinite(model.next()));
        assertTrue(Double.isFinite(model.nextErrorFactor()));
        for (int t = 0; t < 200; t++) {
            model.update(5);
        }
        assertEquals(5, model.next(), 0.1);
    }

    @Test
    void namesWhatIsWrongWithCoefficients() {
        double[] explosive = {1.01};
        assertThrows(IllegalArgumentException.class, () -> ArimaCoefficients.of(explosive, 0, NONE));
        assertThrows(IllegalArgumentException.class, () -> ArimaCoefficients.of(NONE, 0, explosive));
        assertThrows(IllegalArgumentException.class, () -> ArimaCoefficients.of(new double[6], 0, NONE));
        assertThrows(IllegalArgumentException.class, () -> ArimaCoefficients.of(NONE, 3, NONE));
        ArimaCoefficients line = ArimaCoefficients.of(NONE, 2, NONE);
        assertThrows(IllegalArgumentException.class, () -> line.withConstant(1));
    }

    private static double[] forecast(ArimaModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }

    private static void feed(ArimaModel model, double sample) {
        if (Double.isNaN(sample)) {
            model.skip();
        } else {
            model.update(sample);
        }
    }

    private static byte[] bytes(ArimaModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
