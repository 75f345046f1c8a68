package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.AutomaticForecaster;
import io.foreshard.forecast.OnlineForecaster;
import io.foreshard.forecast.automatic.AutomaticFit;
import io.foreshard.forecast.automatic.AutomaticFitter;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.online.OnlineModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forecasters that are compared. */
final class Methods {

    static final String AUTOMATIC = "automatic";
    static final String ONLINE = "online";
    static final String NAIVE = "naive";
    static final String SEASONAL_NAIVE = "seasonal naive";

    private final Question question;

    Methods(Question question) {
        this.question = question;
    }

    /** Chooses and combines models; its forecast is the one that counts. */
    Contestant automatic() {
        AutomaticForecaster.Builder builder = AutomaticForecaster.builder()
                .maxHorizonSteps(question.horizonSteps())
                .levels(question.levels())
                .nonNegative(question.nonNegative());
        if (!question.periods().isEmpty()) {
            builder.periods(question.periodArray());
        }
        return new Contestant(AUTOMATIC, builder::build);
    }

    /** Learns from each sample at once, and never fits anew. */
    Contestant online(int... periods) {
        OnlineForecaster.Builder builder = OnlineForecaster.builder()
                .periods(Arrays.stream(periods)
                        .filter(period -> period <= OnlineModel.MAX_PERIOD_STEPS)
                        .toArray())
                .maxHorizonSteps(question.horizonSteps())
                .levels(question.levels())
                .nonNegative(question.nonNegative());
        return new Contestant(ONLINE, builder::build);
    }

    /** The newest sample, for all that comes. */
    Contestant naive() {
        return new Contestant(NAIVE, () -> new ModelForecaster(new NaiveModel(), question));
    }

    /** The season before once more. */
    Contestant seasonalNaive(int period) {
        return new Contestant(SEASONAL_NAIVE, () -> new ModelForecaster(new SeasonalNaiveModel(period), question));
    }

    /** What would be chosen from samples alone, as before a back-test. */
    Choice choiceFrom(double[] samples) {
        AutomaticFitter.Builder builder = AutomaticFitter.builder()
                .horizonSteps(question.horizonSteps())
                .maxSamples(AutomaticForecaster.DEFAULT_MAX_SAMPLES);
        if (!question.periods().isEmpty()) {
            builder.periods(question.periodArray());
        }
        return choice(Optional.of(builder.build().fit(samples)));
    }

    /** What the automatic forecaster uses in the end. */
    Choice choiceOf(Forecaster forecaster) {
        return choice(forecaster instanceof AutomaticForecaster automatic ? automatic.chosen() : Optional.empty());
    }

    private Choice choice(Optional<AutomaticFit> fit) {
        return fit.map(chosen -> new Choice(
                        AUTOMATIC,
                        chosen.description(),
                        Arrays.stream(chosen.periods()).boxed().toList(),
                        chosen.candidates()))
                .orElseGet(() -> new Choice(
                        AUTOMATIC,
                        "a combination of models that learn as they go, as the series is too short for a choice",
                        question.periods(),
                        List.of()));
    }
}
