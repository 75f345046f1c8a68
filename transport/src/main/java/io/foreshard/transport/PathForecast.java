package io.foreshard.transport;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.PathOutlook;
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
    private static final int MAX_HORIZON_STEPS = 10;

    private final long stepNanos;
    private final Series capacity;
    private final Series latency;
    private final Series loss;
    private volatile CapacityGuide guide = CapacityGuide.NONE;
    private final WindowedMax reference = new WindowedMax(REFERENCE_NANOS);

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
        capacity.update(capacityBytesPerSecond);
        latency.update(rttNanos);
        loss.update(lossRatio);
        if (capacityBytesPerSecond > 0) {
            reference.update(nowNanos, (long) capacityBytesPerSecond);
        }
        int horizon = (int) Math.max(1, Math.min(MAX_HORIZON_STEPS, 2 * baseRttNanos / stepNanos));
        guide = capacity.guide(nowNanos, stepNanos, MAX_HORIZON_STEPS);
        score.observe(capacityBytesPerSecond);
        if (guide.steps() > 0) {
            double[] e = new double[MAX_HORIZON_STEPS];
            for (int i = 0; i < e.length; i++) { e[i] = guide.mean(i); }
            score.expect(e);
        }
        capacity.lookAhead(horizon);
        latency.lookAhead(horizon);
        loss.lookAhead(horizon);
        return outlook(nowNanos, baseRttNanos);
    }

    final io.foreshard.runtime.ForecastScore score = new io.foreshard.runtime.ForecastScore(MAX_HORIZON_STEPS, 200);

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

        CapacityGuide guide(long nowNanos, long stepNanos, int steps) {
            if (forecaster == null) {
                return CapacityGuide.NONE;
            }
            Forecast f = forecaster.forecast(steps);
            double[] mid = new double[steps];
            double[] under = new double[steps];
            double[] over = new double[steps];
            for (int i = 0; i < steps; i++) {
                mid[i] = sane(f.mean(i + 1), mean);
                under[i] = Math.min(mid[i], sane(f.quantile(0.25, i + 1), mid[i]));
                over[i] = Math.max(mid[i], sane(f.quantile(0.75, i + 1), mid[i]));
            }
            return new CapacityGuide(nowNanos, stepNanos, mid, under, over);
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

        private static double sane(double value, double otherwise) {
            return Double.isFinite(value) ? Math.max(0, value) : otherwise;
        }
    }
}
