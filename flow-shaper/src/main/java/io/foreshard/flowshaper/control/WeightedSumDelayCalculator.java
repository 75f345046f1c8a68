package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * The rule as specified: {@code delay = congestionWeight × congestionLevel + serverWeight × serverLoad}, the weights being the delays
 * at level 1. <strong>Transient smoothing only</strong>: a delay moves packets once and changes no rate, so this drains no queue, and
 * it adds its delay to the latency of every packet while it lasts. What is to relieve a bottleneck takes {@link PacedDelayCalculator}.
 *
 * <p>A proportional delay closes a loop whose homogeneous equation {@code q' = -λK q'(t - θ)} is unstable from {@code λK = C} on,
 * whatever the loop delay. So the congestion weight is guarded: it counts at most as much as keeps {@code λK / C} within
 * {@link Builder#gainLimit}, with {@code K} the most delay that a unit of queue adds, {@code weight / base latency}. Where the base
 * latency is not known, the term is left out.
 *
 * <p>What is not known counts as 0. Immutable and safe for use by several threads and bottlenecks.
 */
public final class WeightedSumDelayCalculator implements DelayCalculator {

    private final double congestionNanos;
    private final double serverNanos;
    private final double maxDelayNanos;
    private final double gainLimit;

    private WeightedSumDelayCalculator(Builder builder) {
        congestionNanos = builder.congestionNanos;
        serverNanos = builder.serverNanos;
        maxDelayNanos = builder.maxDelayNanos;
        gainLimit = builder.gainLimit;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        return UNLIMITED;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        double delay = guardedNanos(bottleneck) * level(bottleneck.congestionLevel())
                + serverNanos * level(bottleneck.serverLoad());
        return (long) Math.min(maxDelayNanos, delay);
    }

    private double guardedNanos(BottleneckView bottleneck) {
        double base = bottleneck.baseLatencyNanos();
        if (gainLimit == Double.POSITIVE_INFINITY) {
            return congestionNanos;
        }
        return base > 0 ? Math.min(congestionNanos, gainLimit * base / utilisation(bottleneck)) : 0;
    }

    /** A bottleneck that is used less now may be used fully a moment later. */
    private static double utilisation(BottleneckView bottleneck) {
        double utilisation = bottleneck.arrivalBytesPerSecond() / bottleneck.capacityBytesPerSecond();
        return utilisation > 1 ? utilisation : 1;
    }

    private static double level(double value) {
        return value > 0 ? Math.min(1, value) : 0;
    }

    /** Collects what the rule depends on. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofMinutes(1);

        private long congestionNanos = Duration.ofMillis(20).toNanos();
        private long serverNanos = Duration.ofMillis(20).toNanos();
        private long maxDelayNanos = Duration.ofMillis(100).toNanos();
        private double gainLimit = 0.8;

        private Builder() {}

        /**
         * Sets the delay at a congestion level of 1; 20 ms unless set.
         *
         * @param weight 0 to 1 minute
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder congestionWeight(Duration weight) {
            congestionNanos = Checks.duration("congestionWeight", weight, Duration.ZERO, LONGEST);
            return this;
        }

        /**
         * Sets the delay at a server load of 1; 20 ms unless set.
         *
         * @param weight 0 to 1 minute
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder serverWeight(Duration weight) {
            serverNanos = Checks.duration("serverWeight", weight, Duration.ZERO, LONGEST);
            return this;
        }

        /**
         * Sets the longest delay; 100 ms unless set. The budget of a flow's class holds besides.
         *
         * @param delay 0 to 1 minute
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder maxDelay(Duration delay) {
            maxDelayNanos = Checks.duration("maxDelay", delay, Duration.ZERO, LONGEST);
            return this;
        }

        /**
         * Sets the greatest loop gain; 0.8 unless set. From 1 on the loop is unstable; {@link Double#POSITIVE_INFINITY} takes the guard
         * away, which is of use to show just that.
         *
         * @param gain above 0
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder gainLimit(double gain) {
            Checks.require(gain > 0, "gainLimit", gain, "> 0");
            gainLimit = gain;
            return this;
        }

        /** Returns the calculator. */
        public WeightedSumDelayCalculator build() {
            return new WeightedSumDelayCalculator(this);
        }
    }
}
