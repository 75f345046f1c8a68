package io.foreshard.forecast.backtest;

import io.foreshard.forecast.score.Crps;
import io.foreshard.forecast.score.IntervalScores;
import io.foreshard.forecast.score.NaiveScale;
import io.foreshard.forecast.score.PointScores;
import io.foreshard.forecast.score.QuantileScores;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scores of one method on one series, over all steps of all its forecasts together. */
final class TrackScores {

    private static final double[] DECILES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    private final Track track;
    private final Track reference;
    private final BacktestSettings settings;
    private final List<OriginForecast> forecasts;
    private final double scale;

    TrackScores(Track track, Track reference, BacktestSettings settings) {
        this.track = track;
        this.reference = reference;
        this.settings = settings;
        forecasts = track.given();
        scale = scale(false);
    }

    /** From the part before the first origin; where nothing changes there, from the whole series. */
    private double scale(boolean squared) {
        double[] all = track.series().shared();
        double[] before = Arrays.copyOf(all, track.origins().first());
        double scale = scale(before, squared);
        return scale > 0 ? scale : scale(all, squared);
    }

    private double scale(double[] values, boolean squared) {
        int season = settings.seasonSteps();
        return squared ? NaiveScale.rootMeanSquare(values, season) : NaiveScale.meanAbsolute(values, season);
    }

    BacktestScores scores() {
        double[] actual = joined(OriginForecast::sharedActual);
        double[] mean = joined(OriginForecast::means);
        double[][] deciles = new double[DECILES.length][];
        Arrays.setAll(deciles, row -> joined(forecast -> forecast.quantiles(DECILES[row])));
        double tail = (1 - settings.intervalLevel()) / 2;
        boolean wide = forecasts.stream().allMatch(forecast -> forecast.reaches(tail) && forecast.reaches(1 - tail));
        double[] lower = joined(forecast -> forecast.quantiles(tail));
        double[] upper = joined(forecast -> forecast.quantiles(1 - tail));
        double level = settings.intervalLevel();
        return new BacktestScores(
                PointScores.mase(actual, mean, scale),
                PointScores.rmsse(actual, mean, scale(true)),
                PointScores.smape(actual, mean),
                crps(actual, deciles),
                QuantileScores.weightedQuantileLoss(actual, deciles, DECILES),
                wide ? IntervalScores.msis(actual, lower, upper, level, scale) : Double.NaN,
                wide ? IntervalScores.coverage(actual, lower, upper) : Double.NaN,
                wide ? worstWindow(actual, lower, upper) : Double.NaN,
                PointScores.relative(PointScores.mae(actual, mean), referenceMae()),
                forecasts.size(),
                track.origins().count() - forecasts.size());
    }

    private double[] joined(Function<OriginForecast, double[]> part) {
        double[] joined = new double[forecasts.size() * settings.horizonSteps()];
        int at = 0;
        for (OriginForecast forecast : forecasts) {
            System.arraycopy(part.apply(forecast), 0, joined, at, settings.horizonSteps());
            at += settings.horizonSteps();
        }
        return joined;
    }

    private double crps(double[] actual, double[][] deciles) {
        double[] quantiles = new double[DECILES.length];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                for (int row = 0; row < quantiles.length; row++) {
                    quantiles[row] = deciles[row][i];
                }
                sum += Crps.ofQuantiles(actual[i], quantiles, DECILES);
                count++;
            }
        }
        double mean = sum / count;
        return mean == 0 ? 0 : mean / scale;
    }

    /** Over the forecasts of the same step, as those of one origin are wrong together. */
    private double worstWindow(double[] actual, double[] lower, double[] upper) {
        int window = IntervalScores.DEFAULT_WINDOW_STEPS;
        if (forecasts.size() < window) {
            return Double.NaN;
        }
        double worst = Double.NaN;
        for (int step = 0; step < settings.horizonSteps(); step++) {
            double coverage = IntervalScores.worstWindowCoverage(
                    everyHorizon(actual, step), everyHorizon(lower, step), everyHorizon(upper, step), window);
            worst = Double.isNaN(worst) || coverage < worst ? coverage : worst;
        }
        return worst;
    }

    private double[] everyHorizon(double[] joined, int step) {
        double[] picked = new double[forecasts.size()];
        Arrays.setAll(picked, i -> joined[i * settings.horizonSteps() + step]);
        return picked;
    }

    private double referenceMae() {
        TrackScores same = new TrackScores(reference, reference, settings, track);
        return PointScores.mae(same.joined(OriginForecast::sharedActual), same.joined(OriginForecast::means));
    }

    /** The reference on those origins only at which the other track has a forecast. */
    private TrackScores(Track track, Track reference, BacktestSettings settings, Track other) {
        this.track = track;
        this.reference = reference;
        this.settings = settings;
        forecasts = track.given().stream()
                .filter(forecast -> other.hasForecastAt(forecast.originStep()))
                .toList();
        scale = Double.NaN;
    }

    /** Scaled absolute error of one step of one forecast, NaN when either is not there. */
    double loss(int slot, int step) {
        @Nullable OriginForecast forecast = track.at(slot);
        if (forecast == null) {
            return Double.NaN;
        }
        double actual = forecast.sharedActual()[step];
        double mean = forecast.forecast().mean(step + 1);
        double[] one = {actual};
        return PointScores.mase(one, new double[] {mean}, scale);
    }

    /** Mean of the losses of one forecast, those not there left out. */
    double loss(int slot) {
        @Nullable OriginForecast forecast = track.at(slot);
        return forecast == null ? Double.NaN : PointScores.mase(forecast.sharedActual(), forecast.means(), scale);
    }

    Track track() {
        return track;
    }
}
