package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method on one series. Each origin has a slot of its own, so that what is found does not depend on who works on which when; slots
 * are read after all work is done.
 */
final class Track {

    private final Method method;
    private final BacktestSeries series;
    private final Origins origins;
    private final int horizonSteps;
    private final @Nullable OriginForecast[] forecasts;
    private final @Nullable String[] failures;

    Track(Method method, BacktestSeries series, Origins origins, int horizonSteps) {
        this.method = method;
        this.series = series;
        this.origins = origins;
        this.horizonSteps = horizonSteps;
        forecasts = new @Nullable OriginForecast[origins.count()];
        failures = new @Nullable String[origins.count()];
    }

    Method method() {
        return method;
    }

    BacktestSeries series() {
        return series;
    }

    Origins origins() {
        return origins;
    }

    /** Learns anew for each origin of the range, or goes on from one to the next. */
    void run(int from, int to) {
        @Nullable Forecaster forecaster = null;
        for (int slot = from; slot < to; slot++) {
            try {
                forecaster = forecaster == null ? trained(slot) : fed(forecaster, slot);
                forecasts[slot] = forecast(forecaster, slot);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                failures[slot] = e.toString();
                if (forecaster == null) {
                    Arrays.fill(failures, slot, to, e.toString());
                    return;
                }
            }
        }
    }

    private Forecaster trained(int slot) {
        return method.trainer().train(Arrays.copyOf(series.shared(), origins.at(slot)));
    }

    private Forecaster fed(Forecaster forecaster, int slot) {
        for (int step = origins.at(slot - 1); step < origins.at(slot); step++) {
            forecaster.update(series.shared()[step]);
        }
        return forecaster;
    }

    private OriginForecast forecast(Forecaster forecaster, int slot) {
        Forecast forecast = forecaster.forecast(horizonSteps);
        if (forecast.horizonSteps() != horizonSteps) {
            throw new IllegalStateException(
                    "forecast: " + forecast.horizonSteps() + " steps (expected: " + horizonSteps + ")");
        }
        int origin = origins.at(slot);
        return new OriginForecast(origin, forecast, Arrays.copyOfRange(series.shared(), origin, origin + horizonSteps));
    }

    /** The forecast of an origin, or null where the method failed. */
    @Nullable
    OriginForecast at(int slot) {
        return forecasts[slot];
    }

    boolean hasForecastAt(int originStep) {
        return forecasts[(originStep - origins.first()) / origins.spacing()] != null;
    }

    List<OriginForecast> given() {
        List<OriginForecast> given = new ArrayList<>();
        for (OriginForecast forecast : forecasts) {
            if (forecast != null) {
                given.add(forecast);
            }
        }
        return List.copyOf(given);
    }

    List<BacktestFailure> failures() {
        List<BacktestFailure> found = new ArrayList<>();
        for (int slot = 0; slot < failures.length; slot++) {
            String message = failures[slot];
            if (message != null) {
                found.add(new BacktestFailure(method.name(), series.name(), origins.at(slot), message));
            }
        }
        return found;
    }
}
