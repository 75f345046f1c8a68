package io.foreshard.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;

/**
 * Makes {@link AutomaticForecaster}s under the name {@value #NAME}. Stateless, safe for any thread.
 *
 * <p>Settings, each optional, with the ranges and defaults of {@link AutomaticForecaster.Builder}: {@code max-horizon-steps},
 * {@code max-samples}, {@code work-budget} (whole numbers), {@code periods}, {@code levels} (numbers separated by commas; no period is
 * written as an empty value), {@code non-negative} ({@code true} or {@code false}). Refits run on the thread that updates.
 */
public final class AutomaticProvider implements Provider<Forecaster> {

    /** The name that users write in their configuration. */
    public static final String NAME = "automatic";

    /** Called by {@link java.util.ServiceLoader}. */
    public AutomaticProvider() {}

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
        AutomaticForecaster.Builder builder = AutomaticForecaster.builder();
        settings.forEach((name, value) -> apply(builder, name, value));
        return builder.build();
    }

    private static void apply(AutomaticForecaster.Builder builder, String name, String value) {
        switch (name) {
            case "max-horizon-steps" -> builder.maxHorizonSteps(SettingText.wholeNumber(name, value));
            case "max-samples" -> builder.maxSamples(SettingText.wholeNumber(name, value));
            case "work-budget" -> builder.workBudget(SettingText.largeWholeNumber(name, value));
            case "periods" -> builder.periods(SettingText.wholeNumbers(name, value));
            case "levels" -> builder.levels(SettingText.numbers(name, value));
            case "non-negative" -> builder.nonNegative(SettingText.truth(name, value));
            default ->
                throw new IllegalArgumentException(
                        name + ": " + value
                                + " (expected: one of max-horizon-steps, max-samples, work-budget, periods, levels, non-negative)");
        }
    }
}
