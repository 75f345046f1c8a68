package io.foreshard.flowshaper.control;

import io.foreshard.coreapi.PathSample;
import org.jspecify.annotations.Nullable;

/** What telemetry says of a path, without what cannot be. Not safe for use by several threads. */
final class PathFacts {

    private static final double STALE_LOOPS = 6;
    private static final double LONGEST_LOOP_NANOS = 60e9;
    private static final double LONGEST_LATENCY_NANOS = 60e9;
    private static final double NOISE_MARGIN = 2.5;
    private static final double LEAST_MARGIN_CAP_NANOS = 1e6;
    private static final double FULL_LOSS = 0.1;

    private final long stepNanos;
    private final double assumedLoopNanos;
    private final SampleClock clock;
    private final LatencyFilter latency = new LatencyFilter();
    private final Baseline baseline = new Baseline();
    private double reported = Double.NaN;
    private double confidence;
    private double lossRatio = Double.NaN;

    PathFacts(long stepNanos, double assumedLoopNanos) {
        this.stepNanos = stepNanos;
        this.assumedLoopNanos = assumedLoopNanos;
        this.clock = new SampleClock(stepNanos);
    }

    void restart() {
        clock.forget();
    }

    /** Takes the newest sample, which may be the one from before. */
    void take(long nowNanos, @Nullable PathSample path) {
        if (path == null || path.confidence() <= 0 || !clock.isNew(nowNanos, path.ageNanos())) {
            return;
        }
        double bandwidth = path.bandwidthBytesPerSecond();
        reported = bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY ? bandwidth : Double.NaN;
        confidence = path.confidence();
        lossRatio = path.lossRatio();
        // No path has a latency of 0, and none of a minute.
        if (path.latencyNanos() > 0 && path.latencyNanos() < LONGEST_LATENCY_NANOS) {
            latency.sample((double) path.latencyNanos());
            baseline.sample(filtered());
        }
    }

    /** Takes what was let through in a control step. */
    void step(double releaseBytesPerSecond, DeliveryRate delivery, long elapsedNanos, double loopNanos) {
        baseline.step(filtered(), releaseBytesPerSecond, delivery, (double) elapsedNanos, loopNanos);
    }

    /** One more sample of delay is little where several fall into a round trip. */
    private boolean isOften() {
        return clock.intervalNanos() <= (baseline.nanos() + stepNanos) / 2;
    }

    private double filtered() {
        return latency.latencyNanos(isOften());
    }

    long ageNanos(long nowNanos) {
        return clock.ageNanos(nowNanos);
    }

    double baseNanos() {
        return baseline.nanos();
    }

    /** Returns what a source says of the capacity in bytes per second, NaN when nothing. */
    double reported() {
        return reported;
    }

    double loopNanos() {
        if (Double.isNaN(baseline.nanos())) {
            return Math.max((double) stepNanos, assumedLoopNanos);
        }
        double interval = clock.intervalNanos();
        double lag = isOften() ? interval : 0;
        // Samples wait half a step for the next one on average, which the step covers.
        double late = Math.max(0, clock.lateNanos() - stepNanos / 2.0);
        return Math.min(LONGEST_LOOP_NANOS, late + interval / 2 + lag + baseline.nanos() + stepNanos);
    }

    /** Returns latency above the baseline and above noise, NaN when it is not known, or not any more. */
    double queueNanos(long nowNanos, double loopNanos) {
        if (clock.ageNanos(nowNanos) > STALE_LOOPS * loopNanos) {
            return Double.NaN;
        }
        double most = Math.max(LEAST_MARGIN_CAP_NANOS, baseline.nanos() / 2);
        double margin = Math.min(most, NOISE_MARGIN * latency.noiseNanos());
        return Math.max(0, filtered() - baseline.nanos() - margin);
    }

    /** Returns the capacity where another estimate, or NaN, is what was seen of it. */
    double capacity(double seen) {
        if (Double.isNaN(reported)) {
            return seen;
        }
        return Double.isNaN(seen) ? reported : confidence * reported + (1 - confidence) * seen;
    }

    /**
     * Returns the level as in {@link io.foreshard.coreapi.PathOutlook#congestionLevel()}.
     *
     * @param shrinking capacity below its highest, as a share of it
     */
    double congestion(double queueNanos, double shrinking) {
        if (Double.isNaN(queueNanos)) {
            return Double.NaN;
        }
        double queueing = queueNanos / (queueNanos + baseline.nanos());
        double lost = lossRatio > 0 ? lossRatio / FULL_LOSS : 0;
        return Math.min(1, Math.max(queueing, Math.max(shrinking > 0 ? shrinking : 0, lost)));
    }
}
