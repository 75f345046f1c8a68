package io.foreshard.forecast.backtest;

import io.foreshard.forecast.score.DieboldMariano;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a back-test found. Methods are known by their names, the reference {@link Backtest#SEASONAL_NAIVE} first, then
 * {@link Backtest#NAIVE} unless the season is 1 step, then the others as they were added. Immutable, safe for any thread; a name that is
 * not there is an {@link IllegalArgumentException}.
 */
public final class BacktestResult {

    private final BacktestSettings settings;
    private final Map<String, Map<String, TrackScores>> tracks = new LinkedHashMap<>();
    private final Map<String, Map<String, BacktestScores>> scores = new LinkedHashMap<>();

    BacktestResult(BacktestSettings settings, List<Track> tracks) {
        this.settings = settings;
        Map<String, Track> references = new LinkedHashMap<>();
        for (Track track : tracks) {
            String method = track.method().name();
            String series = track.series().name();
            Track reference = references.computeIfAbsent(series, name -> track);
            TrackScores found = new TrackScores(track, reference, settings);
            this.tracks.computeIfAbsent(method, name -> new LinkedHashMap<>()).put(series, found);
            scores.computeIfAbsent(method, name -> new LinkedHashMap<>()).put(series, found.scores());
        }
    }

    /** Returns the names of the methods, the reference first. */
    public List<String> methods() {
        return List.copyOf(tracks.keySet());
    }

    /** Returns the names of the series. */
    public List<String> series() {
        return List.copyOf(of(tracks, Backtest.SEASONAL_NAIVE, "method").keySet());
    }

    /** Returns how many steps were forecast at each origin. */
    public int horizonSteps() {
        return settings.horizonSteps();
    }

    /** Returns the nominal coverage of the interval that was scored. */
    public double intervalLevel() {
        return settings.intervalLevel();
    }

    /**
     * Returns the scores of a method on one series.
     *
     * @param method one of {@link #methods()}
     * @param series one of {@link #series()}
     */
    public BacktestScores scores(String method, String series) {
        return of(of(scores, method, "method"), series, "series");
    }

    /**
     * Returns the scores of a method, each the mean over the series on which it is known; the worst window is the worst of all.
     *
     * @param method one of {@link #methods()}
     */
    public BacktestScores scores(String method) {
        List<BacktestScores> all = List.copyOf(of(scores, method, "method").values());
        return new BacktestScores(
                mean(all, BacktestScores::mase),
                mean(all, BacktestScores::rmsse),
                mean(all, BacktestScores::smape),
                mean(all, BacktestScores::crps),
                mean(all, BacktestScores::weightedQuantileLoss),
                mean(all, BacktestScores::msis),
                mean(all, BacktestScores::coverage),
                all.stream()
                        .mapToDouble(BacktestScores::worstWindowCoverage)
                        .filter(value -> !Double.isNaN(value))
                        .min()
                        .orElse(Double.NaN),
                mean(all, BacktestScores::relativeMae),
                all.stream().mapToInt(BacktestScores::forecasts).sum(),
                all.stream().mapToInt(BacktestScores::failures).sum());
    }

    private static double mean(List<BacktestScores> all, ToDoubleFunction<BacktestScores> score) {
        Losses.Mean mean = new Losses.Mean();
        all.forEach(one -> mean.add(score.applyAsDouble(one)));
        return mean.value();
    }

    /**
     * Returns the MASE of each step ahead, the mean over origins and then over series.
     *
     * @param method one of {@link #methods()}
     * @return one value per step, the next step first
     */
    public double[] maseByStep(String method) {
        return Losses.byStep(tracksOf(method), settings.horizonSteps());
    }

    /**
     * Tests whether a method and the seasonal naive forecast err alike, by the mean scaled error of each forecast. Over several series the
     * errors at the same origin, counted from the end, are averaged first, as they may go together.
     *
     * @param method one of {@link #methods()}
     * @return the test, its statistic negative when the method is better
     */
    public DieboldMariano againstSeasonalNaive(String method) {
        return Losses.test(tracksOf(method), tracksOf(Backtest.SEASONAL_NAIVE), Losses.ALL_STEPS, settings);
    }

    /**
     * Tests whether a method and the seasonal naive forecast err alike so many steps ahead.
     *
     * @param method one of {@link #methods()}
     * @param step 1 for the next step, up to {@link #horizonSteps()}
     * @return the test, its statistic negative when the method is better
     */
    public DieboldMariano againstSeasonalNaive(String method, int step) {
        if (step < 1 || step > settings.horizonSteps()) {
            throw new IllegalArgumentException("step: " + step + " (expected: 1…" + settings.horizonSteps() + ")");
        }
        return Losses.test(tracksOf(method), tracksOf(Backtest.SEASONAL_NAIVE), step - 1, settings);
    }

    /**
     * Returns the forecasts of a method on one series in order of time, those left out that it did not give.
     *
     * @param method one of {@link #methods()}
     * @param series one of {@link #series()}
     */
    public List<OriginForecast> forecasts(String method, String series) {
        return of(of(tracks, method, "method"), series, "series").track().given();
    }

    /** Returns the forecasts that methods did not give, by method, series and origin. */
    public List<BacktestFailure> failures() {
        List<BacktestFailure> failures = new ArrayList<>();
        tracks.values()
                .forEach(bySeries -> bySeries.values()
                        .forEach(found -> failures.addAll(found.track().failures())));
        return List.copyOf(failures);
    }

    private List<TrackScores> tracksOf(String method) {
        return List.copyOf(of(tracks, method, "method").values());
    }

    private static <T> T of(Map<String, T> map, String name, String what) {
        T found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    what + ": " + name + " (expected: one of " + String.join(", ", map.keySet()) + ")");
        }
        return found;
    }
}
