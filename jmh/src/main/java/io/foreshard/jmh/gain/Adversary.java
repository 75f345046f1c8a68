package io.foreshard.jmh.gain;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Forecasters that lead astray. */
final class Adversary implements Forecaster {

    private static final int STALE_AFTER_STEPS = 100;

    private final @Nullable Forecaster honest;
    private final UnaryOperator<Forecast> lie;

    private Adversary(@Nullable Forecaster honest, UnaryOperator<Forecast> lie) {
        this.honest = honest;
        this.lie = lie;
    }

    @Override
    public void update(double sample) {
        if (honest != null) {
            honest.update(sample);
        }
    }

    @Override
    public Forecast forecast(int horizonSteps) {
        Forecast forecast = honest == null
                ? new Forecast(new double[horizonSteps], new double[0], new double[0][], Double.NaN)
                : honest.forecast(horizonSteps);
        return lie.apply(forecast);
    }

    /** Each forecast is one of all that were made so far with the same horizon. */
    static Forecaster shuffled(Forecaster honest, long seed) {
        Random random = new Random(seed);
        Map<Integer, List<Forecast>> made = new HashMap<>();
        return new Adversary(honest, forecast -> {
            List<Forecast> alike = made.computeIfAbsent(forecast.horizonSteps(), steps -> new ArrayList<>());
            alike.add(forecast);
            return alike.get(random.nextInt(alike.size()));
        });
    }

    static Forecaster inverted(Forecaster honest) {
        double[] sum = new double[2];
        return new Adversary(honest, forecast -> {
            sum[0] += forecast.mean(1);
            sum[1]++;
            return mapped(forecast, value -> Math.max(0, 2 * sum[0] / sum[1] - value));
        });
    }

    static Forecaster notANumber() {
        return new Adversary(null, forecast -> mapped(forecast, value -> Double.NaN));
    }

    static Forecaster stale(Forecaster honest) {
        Map<Integer, List<Forecast>> made = new HashMap<>();
        return new Adversary(honest, forecast -> {
            List<Forecast> alike = made.computeIfAbsent(forecast.horizonSteps(), steps -> new ArrayList<>());
            if (alike.size() < STALE_AFTER_STEPS) {
                alike.add(forecast);
            }
            return alike.get(alike.size() - 1);
        });
    }

    /** What becomes of a value. */
    private interface Mapping {
        double of(double value);
    }

    private static Forecast mapped(Forecast forecast, Mapping mapping) {
        double[] mean = new double[forecast.horizonSteps()];
        Arrays.setAll(mean, i -> mapping.of(forecast.mean(i + 1)));
        return new Forecast(mean, new double[0], new double[0][], forecast.skill());
    }
}
