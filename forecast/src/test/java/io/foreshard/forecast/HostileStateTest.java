package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.arima.ArimaCoefficients;
import io.foreshard.forecast.arima.ArimaModel;
import io.foreshard.forecast.autoregression.RecursiveAutoregression;
import io.foreshard.forecast.baseline.DriftModel;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalMeanModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.baseline.WindowMedianModel;
import io.foreshard.forecast.ets.EtsForm;
import io.foreshard.forecast.ets.EtsModel;
import io.foreshard.forecast.intermittent.CrostonModel;
import io.foreshard.forecast.intermittent.TsbModel;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States that were cut short or overwritten are refused with an {@link IOException}, or give something that keeps its promises. */
class HostileStateTest {

    private static final int[] INTS = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 255};
    private static final double[] DOUBLES = {
        Double.NaN, Double.POSITIVE_INFINITY, -1e308, 1e308, -1, 0, Double.MIN_VALUE
    };

    private interface Saver {
        void save(DataOutput out) throws IOException;
    }

    private interface Loader {
        Object load(DataInput in) throws IOException;
    }

    private record Kind(String name, Saver saver, Loader loader) {

        static Kind of(StreamingModel model, Loader loader) {
            feed(model);
            return new Kind(model.getClass().getSimpleName(), model::save, loader);
        }

        byte[] state() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            saver.save(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        OnlineForecaster online = OnlineForecaster.builder().periods(24).build();
        AutomaticForecaster.Builder settings = AutomaticForecaster.builder().periods(12);
        AutomaticForecaster automatic = settings.build();
        feed(online);
        feed(automatic);
        return Stream.of(
                new Kind("online", online::save, OnlineForecaster::load),
                new Kind("automatic", automatic::save, settings::load),
                Kind.of(new NaiveModel(), NaiveModel::load),
                Kind.of(new DriftModel(), DriftModel::load),
                Kind.of(new SeasonalNaiveModel(24), SeasonalNaiveModel::load),
                Kind.of(new SeasonalMeanModel(24, 0.2), SeasonalMeanModel::load),
                Kind.of(new WindowMedianModel(20), WindowMedianModel::load),
                Kind.of(RecursiveAutoregression.builder().build(), RecursiveAutoregression::load),
                Kind.of(CrostonModel.sba(0.1), CrostonModel::load),
                Kind.of(new TsbModel(0.1, 0.1), TsbModel::load),
                Kind.of(EtsModel.builder(EtsForm.SIMPLE).alpha(0.3).level(100).build(), EtsModel::load),
                Kind.of(
                        ArimaModel.of(ArimaCoefficients.of(new double[] {0.5}, 1, new double[] {-0.4})),
                        ArimaModel::load));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isRefusedOrKeepsItsPromises(Kind kind) throws IOException {
        byte[] state = kind.state();
        Property.named("hostile state of " + kind)
                .runs(300)
                .maxSize(state.length)
                .check((random, size) -> {
                    Object loaded;
                    try {
                        loaded = kind.loader().load(input(tampered(state, random)));
                    } catch (IOException refused) {
                        return;
                    }
                    if (loaded instanceof StreamingModel model) {
                        check(model, random);
                    } else if (loaded instanceof Forecaster forecaster) {
                        check(forecaster, random);
                    }
                });
    }

    private static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static byte[] tampered(byte[] state, SeededRandom random) {
        int at = random.nextInt(random.chance(0.3) ? Math.min(100, state.length) : state.length);
        ByteBuffer bytes = ByteBuffer.wrap(state.clone());
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(state, at);
            }
            case 1 -> bytes.putInt(Math.max(0, Math.min(at, state.length - 4)), INTS[random.nextInt(INTS.length)]);
            case 2 ->
                bytes.putDouble(Math.max(0, Math.min(at, state.length - 8)), DOUBLES[random.nextInt(DOUBLES.length)]);
            default -> bytes.put(at, (byte) random.nextInt(256));
        }
        return bytes.array();
    }

    private static void check(StreamingModel model, SeededRandom random) {
        double[] values = new double[30];
        for (int step = 0; step < 60; step++) {
            if (step % 17 == 3) {
                model.skip();
            } else {
                model.update(100 + random.nextGaussian());
            }
            assertTrue(Double.isFinite(model.next()), "next: " + model.next());
        }
        model.copy().forecast(values);
        assertTrue(Arrays.stream(values).allMatch(Double::isFinite), Arrays.toString(values));
        model.errorGrowth(values);
        assertTrue(Arrays.stream(values).allMatch(value -> value >= 1), Arrays.toString(values));
    }

    private static void feed(StreamingModel model) {
        SeededRandom random = new SeededRandom(7);
        for (int step = 0; step < 120; step++) {
            model.update(100 + 20 * Math.sin(step * Math.PI / 12) + random.nextGaussian());
        }
    }

    private static void check(Forecaster forecaster, SeededRandom random) {
        for (int step = 0; step < 60; step++) {
            forecaster.update(step % 17 == 3 ? Double.NaN : 100 + random.nextGaussian());
        }
        Forecast forecast = forecaster.forecast(30);
        for (int step = 1; step <= 30; step++) {
            double last = Double.NEGATIVE_INFINITY;
            assertTrue(Double.isFinite(forecast.mean(step)), "mean: " + forecast.mean(step));
            for (double level : forecast.levels()) {
                double quantile = forecast.quantile(level, step);
                assertTrue(Double.isFinite(quantile) && quantile >= last, level + " at " + step + ": " + quantile);
                last = quantile;
            }
        }
    }

    private static void feed(Forecaster forecaster) {
        SeededRandom random = new SeededRandom(7);
        for (int step = 0; step < 120; step++) {
            forecaster.update(100 + 20 * Math.sin(step * Math.PI / 12) + random.nextGaussian());
        }
    }
}
