package io.foreshard.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;

/**
 * Makes {@link OnlineForecaster}s under the name {@value #NAME}. Stateless, safe for any thread.
 *
 * <p>Settings, each optional, with the ranges and defaults of {@link OnlineForecaster.Builder}: {@code periods} (whole numbers
 * separated by commas), {@code levels} (numbers separated by commas), {@code max-horizon-steps} (a whole number),
 * {@code non-negative} ({@code true} or {@code false}).
 */
public final class OnlineProvider implements Provider<Forecaster> {

    /** The name that users write in their configuration. */
    public static final String NAME = "online";

    /** Called by {@link java.util.ServiceLoader}. */
    public OnlineProvider() {}

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
        OnlineForecaster.Builder builder = OnlineForecaster.builder();
        settings.forEach((name, value) -> apply(builder, name, value));
        return builder.build();
    }

    private static void apply(OnlineForecaster.Builder builder, String name, String value) {
        switch (name) {
            case "periods" -> builder.periods(SettingText.wholeNumbers(name, value));
            case "levels" -> builder.levels(SettingText.numbers(name, value));
            case "max-horizon-steps" -> builder.maxHorizonSteps(SettingText.wholeNumber(name, value));
            case "non-negative" -> builder.nonNegative(SettingText.truth(name, value));
            default ->
                throw new IllegalArgumentException(
                        name + ": " + value + " (expected: one of periods, levels, max-horizon-steps, non-negative)");
        }
    }
}
