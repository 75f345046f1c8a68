package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.DampedTrendForecaster;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import java.util.List;

/** The forecasters that are compared. */
final class Methods {

    static final String CHOSEN = "damped-trend";
    static final String ONLINE = "online";
    static final String NAIVE = "naive";
    static final String SEASONAL_NAIVE = "seasonal naive";

    private final Question question;

    Methods(Question question) {
        this.question = question;
    }

    /** Makes the forecaster whose forecast counts. */
    Contestant chosen() {
        return new Contestant(CHOSEN, () -> DampedTrendForecaster.builder()
                .levels(question.levels())
                .nonNegative(question.nonNegative())
                .build());
    }

    /** The forecasters that learn, the chosen one first. */
    List<Contestant> learning() {
        return List.of(chosen());
    }

    /** What would be chosen from the first steps of a series alone. */
    Choice choiceBefore(int steps, Source source) {
        List<Integer> periods = question.periods().isEmpty()
                ? Seasons.byCalendar(source.step(), steps)
                : question.periods();
        return new Choice(CHOSEN, "damped trend, updated sample by sample", periods, List.of());
    }

    /** What the chosen forecaster says of itself at the end of the series. */
    Choice choiceOf(Forecaster forecaster, Source source) {
        List<Integer> periods = question.periods().isEmpty()
                ? Seasons.byCalendar(source.step(), source.series().length())
                : question.periods();
        return new Choice(CHOSEN, "damped trend, updated sample by sample", periods, List.of());
    }

    /** The newest sample, for all that comes. */
    Contestant naive() {
        return new Contestant(NAIVE, () -> new ModelForecaster(new NaiveModel(), question));
    }

    /** The season before once more. */
    Contestant seasonalNaive(int period) {
        return new Contestant(SEASONAL_NAIVE, () -> new ModelForecaster(new SeasonalNaiveModel(period), question));
    }
}
