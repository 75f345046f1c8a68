package io.foreshard.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes {@link DampedTrendForecaster}s under the name {@value #NAME}. Stateless, safe for any thread.
 *
 * <p>Settings, each optional, with the ranges and defaults of {@link DampedTrendForecaster.Builder}: {@code alpha}, {@code beta},
 * {@code phi}, {@code range-widening} (numbers), {@code levels} (numbers separated by commas), {@code non-negative}
 * ({@code true} or {@code false}).
 */
public final class DampedTrendProvider implements Provider<Forecaster> {

    /** The name that users write in their configuration. */
    public static final String NAME = "damped-trend";

    /** Called by {@link java.util.ServiceLoader}. */
    public DampedTrendProvider() {}

    @Override
    public Class<Forecaster> type() {
        return Forecaster.class;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Forecaster create(Map<String, String> settings) {
        DampedTrendForecaster.Builder builder = DampedTrendForecaster.builder();
        settings.forEach((name, value) -> apply(builder, name, value));
        return builder.build();
    }

    private static void apply(DampedTrendForecaster.Builder builder, String name, String value) {
        switch (name) {
            case "alpha" -> builder.alpha(number(name, value));
            case "beta" -> builder.beta(number(name, value));
            case "phi" -> builder.phi(number(name, value));
            case "range-widening" -> builder.rangeWidening(number(name, value));
            case "levels" -> builder.levels(numbers(name, value));
            case "non-negative" -> builder.nonNegative(truth(name, value));
            default ->
                throw new IllegalArgumentException(name + ": " + value
                        + " (expected: one of alpha, beta, phi, range-widening, levels, non-negative)");
        }
    }

    private static double[] numbers(String name, String value) {
        return Arrays.stream(value.split(",", -1))
                .mapToDouble(item -> number(name, item.strip()))
                .toArray();
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a number)", e);
        }
    }

    private static boolean truth(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + ": " + value + " (expected: true or false)");
        };
    }
}
