package io.foreshard.examples.forecast;

import io.foreshard.forecast.DampedTrendForecaster;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import java.util.Optional;

/** The forecasters that are compared. */
final class Methods {

    private final Question question;
    private final Choice choice;

    Methods(Question question, Choice choice) {
        this.question = question;
        this.choice = choice;
    }

    /** The one that forecasts. */
    Contestant chosen() {
        return new Contestant(
                choice.forecaster(),
                () -> DampedTrendForecaster.builder()
                        .levels(question.levels())
                        .nonNegative(question.nonNegative())
                        .build());
    }

    /** The newest sample, for all that comes. */
    Contestant naive() {
        return new Contestant("naive", () -> new ModelForecaster(new NaiveModel(), question));
    }

    /** The season before once more; empty without a season. */
    Optional<Contestant> seasonalNaive() {
        return choice.season() == 1
                ? Optional.empty()
                : Optional.of(new Contestant(
                        "seasonal naive",
                        () -> new ModelForecaster(new SeasonalNaiveModel(choice.season()), question)));
    }
}
