package io.foreshard.transport;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.ForecastScore;
import io.foreshard.runtime.WindowedMax;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the samples of one path into outlooks: three series (capacity, latency, loss), each with a forecaster of its own, or with the
 * last value where there is none. Confined to one thread at a time, that of the forecast executor.
 */
final class PathForecast {

    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;
    private static final double FULL_LOSS = 0.1;
    private static final long REFERENCE_NANOS = 10_000_000_000L;
    /** Several round trips of most paths; what lies beyond is not looked at. */
    private static final int HORIZON_STEPS = 10;
    /** Errors of forecasts count for about as many steps. */
    private static final double SCORE_MEMORY_STEPS = 200;
    /** After a longer time of quiet the phase of a season is lost. */
    private static final long MAX_SKIPPED_STEPS = 1024;

    private final long stepNanos;
    private final Series capacity;
    private final Series latency;
    private final Series loss;
    private final ForecastScore score = new ForecastScore(HORIZON_STEPS, SCORE_MEMORY_STEPS);
    private volatile CapacityGuide guide = CapacityGuide.NONE;
    private final WindowedMax reference = new WindowedMax(REFERENCE_NANOS);
    private long updatedNanos = Long.MIN_VALUE;

    PathForecast(long stepNanos, @Nullable Supplier<? extends Forecaster> forecasters) {
        this.stepNanos = stepNanos;
        this.capacity = new Series(forecasters);
        this.latency = new Series(forecasters);
        this.loss = new Series(forecasters);
    }

    /**
     * Takes the samples of one step and looks ahead.
     *
     * @param nowNanos when the step ended
     * @param capacityBytesPerSecond NaN when not known
     * @param rttNanos NaN when not known
     * @param lossRatio NaN when not known
     * @param baseRttNanos round trip without a queue, 0 when not known
     */
    PathOutlook next(
            long nowNanos, double capacityBytesPerSecond, double rttNanos, double lossRatio, long baseRttNanos) {
        skip(nowNanos);
        capacity.update(capacityBytesPerSecond);
        latency.update(rttNanos);
        loss.update(lossRatio);
        if (capacityBytesPerSecond > 0) {
            reference.update(nowNanos, (long) capacityBytesPerSecond);
        }
        int horizon = (int) Math.max(1, Math.min(HORIZON_STEPS, 2 * baseRttNanos / stepNanos));
        renewGuide(nowNanos, capacityBytesPerSecond);
        capacity.lookAhead(horizon);
        latency.lookAhead(horizon);
        loss.lookAhead(horizon);
        return outlook(nowNanos, baseRttNanos);
    }

    /** Takes steps that nobody looked at, in a time of quiet or while the last forecast was being made, as steps without a sample. */
    private void skip(long nowNanos) {
        long skipped = updatedNanos == Long.MIN_VALUE ? 0 : (nowNanos - updatedNanos - stepNanos / 2) / stepNanos;
        updatedNanos = nowNanos;
        for (long i = Math.min(skipped, MAX_SKIPPED_STEPS); i > 0; i--) {
            capacity.update(Double.NaN);
            latency.update(Double.NaN);
            loss.update(Double.NaN);
            score.observe(Double.NaN);
        }
    }

    private void renewGuide(long nowNanos, double sample) {
        score.observe(sample);
        if (!capacity.hasForecaster()) {
            return;
        }
        double[] expected = capacity.expected(HORIZON_STEPS);
        score.expect(expected);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Series.sane(expected[i], capacity.mean);
        }
        guide = new CapacityGuide(nowNanos, stepNanos, expected, score.value(), score.scored());
    }

    /** Returns the newest expectation of the capacity; any thread. */
    CapacityGuide guide() {
        return guide;
    }

    private PathOutlook outlook(long nowNanos, long baseRttNanos) {
        double bandwidth = capacity.mean;
        double rtt = Math.max(latency.mean, (double) baseRttNanos);
        double lost = Math.max(0, Math.min(1, loss.mean));
        double queueing = rtt > 0 ? (rtt - baseRttNanos) / rtt : 0;
        double shrinking = reference.isEmpty() || bandwidth <= 0 ? 0 : 1 - bandwidth / reference.get();
        double level = Math.max(queueing, Math.max(shrinking, lost / FULL_LOSS));
        return new PathOutlook(
                (long) rtt,
                bandwidth,
                capacity.low,
                capacity.high,
                lost,
                Math.max(0, Math.min(1, level)),
                stepNanos,
                nowNanos,
                capacity.skill);
    }

    /** One series and what is expected of it; never NaN, never negative. */
    private static final class Series {

        private final @Nullable Forecaster forecaster;
        private double mean;
        private double low;
        private double high;
        private double skill = Double.NaN;

        Series(@Nullable Supplier<? extends Forecaster> forecasters) {
            this.forecaster = forecasters == null ? null : forecasters.get();
        }

        void update(double sample) {
            if (forecaster != null) {
                forecaster.update(sample);
            } else if (!Double.isNaN(sample)) {
                mean = sample;
                low = sample;
                high = sample;
            }
        }

        boolean hasForecaster() {
            return forecaster != null;
        }

        /** Returns the forecast means, also where they are no numbers. */
        double[] expected(int steps) {
            double[] means = new double[steps];
            if (forecaster != null) {
                Forecast forecast = forecaster.forecast(steps);
                for (int i = 0; i < steps; i++) {
                    means[i] = forecast.mean(i + 1);
                }
            }
            return means;
        }

        void lookAhead(int horizon) {
            if (forecaster == null) {
                return;
            }
            Forecast forecast = forecaster.forecast(horizon);
            mean = sane(forecast.mean(horizon), mean);
            low = Math.min(mean, sane(forecast.quantile(LOW, horizon), mean));
            high = Math.max(mean, sane(forecast.quantile(HIGH, horizon), mean));
            skill = forecast.skill();
        }

        static double sane(double value, double otherwise) {
            return Double.isFinite(value) ? Math.max(0, value) : otherwise;
        }
    }
}
