package io.foreshard.forecast.online;

import io.foreshard.forecast.autoregression.RecursiveAutoregression;
import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.saved.Saved;
import io.foreshard.forecast.trend.DampedTrend;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The experts of the online model, each right on some series: the last sample, a fast and a slow exponential level, a damped trend,
 * an autoregression by recursive least squares; with a season also the value a season ago, and that value plus the fading difference
 * of today from then.
 */
final class OnlineExperts {

    static final int LAST = 0;

    private static final int FAST = 1;
    private static final int SLOW = 2;
    private static final int TREND = 3;
    private static final int REGRESSION = 4;
    private static final int SEASON = 5;
    private static final int RECALLED = 6;

    private static final int SHORT_LAGS = 12;
    private static final double FAST_GAIN = 0.3;
    private static final double SLOW_GAIN = 0.05;
    private static final double TREND_LEVEL_GAIN = 0.6;
    private static final double TREND_GAIN = 0.1;
    private static final double TREND_DAMPING = 0.9;
    private static final double RECALL = 0.9;
    /** Never fed, only copied: copies share what does not change, which thousands of forecasters then need once. */
    private static final RecursiveAutoregression WITHOUT_SEASON = regression();

    private final DampedTrend trend;
    private final RecursiveAutoregression regression;
    private final @Nullable SeasonMemory season;

    private double last;
    private double fast;
    private double slow;
    private double sinceSeason;
    private int samples;

    private OnlineExperts(DampedTrend trend, RecursiveAutoregression regression, @Nullable SeasonMemory season) {
        this.trend = trend;
        this.regression = regression;
        this.season = season;
    }

    /** The seasons are in steps, each above 1, and may be none; the first is the one that is remembered. */
    static OnlineExperts untaught(int... periods) {
        return new OnlineExperts(
                new DampedTrend(TREND_DAMPING),
                periods.length == 0 ? WITHOUT_SEASON.copy() : regression(periods),
                season(periods));
    }

    private static RecursiveAutoregression regression(int... periods) {
        return RecursiveAutoregression.builder().lags(lags(periods)).build();
    }

    private static @Nullable SeasonMemory season(int... periods) {
        return periods.length == 0 ? null : new SeasonMemory(periods[0]);
    }

    private static int[] lags(int... periods) {
        IntStream seasonal = IntStream.of(periods).flatMap(period -> IntStream.rangeClosed(period - 1, period + 1));
        return IntStream.concat(IntStream.rangeClosed(1, SHORT_LAGS), seasonal)
                .distinct()
                .toArray();
    }

    OnlineExperts copy() {
        OnlineExperts copy = new OnlineExperts(
                new DampedTrend(trend), regression.copy(), season == null ? null : new SeasonMemory(season));
        copy.last = last;
        copy.fast = fast;
        copy.slow = slow;
        copy.sinceSeason = sinceSeason;
        copy.samples = samples;
        return copy;
    }

    int size() {
        return season == null ? SEASON : RECALLED + 1;
    }

    void update(double sample) {
        if (samples == 0) {
            fast = sample;
            slow = sample;
            trend.start(sample, 0);
        } else {
            correct(sample, 1.0 / (samples + 1));
        }
        regression.update(sample);
        if (season != null) {
            sinceSeason = season.isFull() ? sample - season.next() : 0;
            season.push(sample);
        }
        last = sample;
        samples = Math.min(samples, Integer.MAX_VALUE - 2) + 1;
    }

    private void correct(double sample, double warmGain) {
        fast += (sample - fast) * Math.max(FAST_GAIN, warmGain);
        slow += (sample - slow) * Math.max(SLOW_GAIN, warmGain);
        trend.correct(sample, Math.max(TREND_LEVEL_GAIN, warmGain), Math.max(TREND_GAIN, warmGain));
    }

    void skip(HistoryRange bounds) {
        trend.skip(bounds);
        regression.skip();
        if (season != null) {
            sinceSeason *= RECALL;
            season.push(season.isFull() ? season.next() : last);
        }
    }

    /** Writes what each expert forecasts for the next step. */
    void next(double[] forecasts) {
        forecasts[LAST] = last;
        forecasts[FAST] = fast;
        forecasts[SLOW] = slow;
        forecasts[TREND] = trend.next();
        forecasts[REGRESSION] = regression.next();
        if (season != null) {
            double then = season.isFull() ? season.next() : last;
            forecasts[SEASON] = then;
            forecasts[RECALLED] = then + RECALL * sinceSeason;
        }
    }

    /** Writes what the experts forecast together for the next steps. */
    void mix(ExpertShares shares, double[] mean) {
        regression.forecast(mean);
        double steady = shares.of(LAST) * last + shares.of(FAST) * fast + shares.of(SLOW) * slow;
        double damping = 1;
        double level = trend.level();
        for (int step = 0; step < mean.length; step++) {
            damping *= TREND_DAMPING;
            level += damping * trend.trend();
            mean[step] = steady + shares.of(TREND) * level + shares.of(REGRESSION) * mean[step];
        }
        if (season != null) {
            addSeason(season, shares, mean);
        }
    }

    private void addSeason(SeasonMemory known, ExpertShares shares, double[] mean) {
        double recall = sinceSeason;
        for (int step = 0; step < mean.length; step++) {
            recall *= RECALL;
            double then = known.isFull() ? known.at(step + 1) : last;
            mean[step] += shares.of(SEASON) * then + shares.of(RECALLED) * (then + recall);
        }
    }

    /** Writes how the error of the mix grows, as if the errors of the experts were one: levels that stay, walk, or regress. */
    void growth(ExpertShares shares, double[] factors) {
        regression.errorGrowth(factors);
        double staying = shares.of(SLOW) + (season == null ? 0 : shares.of(SEASON));
        double walking = Math.max(0, 1 - staying - shares.of(REGRESSION));
        for (int step = 0; step < factors.length; step++) {
            double regressing = shares.of(REGRESSION) * factors[step] * factors[step];
            factors[step] = Math.sqrt(Math.max(1, regressing + staying + walking * (1 + step * FAST_GAIN)));
        }
    }

    void save(DataOutput out) throws IOException {
        trend.save(out);
        regression.save(out);
        if (season != null) {
            season.save(out);
        }
        out.writeDouble(last);
        out.writeDouble(fast);
        out.writeDouble(slow);
        out.writeDouble(sinceSeason);
        out.writeInt(samples);
    }

    static OnlineExperts load(DataInput in, int... periods) throws IOException {
        DampedTrend trend = new DampedTrend(TREND_DAMPING);
        trend.restore(in);
        RecursiveAutoregression regression = RecursiveAutoregression.load(in);
        SeasonMemory season = season(periods);
        if (season != null) {
            season.restore(in);
        }
        OnlineExperts experts = new OnlineExperts(trend, regression, season);
        experts.last = Saved.moderate(in, "last");
        experts.fast = Saved.moderate(in, "fast");
        experts.slow = Saved.moderate(in, "slow");
        experts.sinceSeason = Saved.moderate(in, "sinceSeason");
        experts.samples = Saved.between(in, "samples", 0, Integer.MAX_VALUE - 1);
        return experts;
    }
}
