package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.foreshard.flowshaper.spi.RateCause;
import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * The default: fills the bottleneck at a rate that keeps its queue short, so that packets wait here, where flows are kept apart, and not
 * there.
 *
 * <ul>
 *   <li><em>Normal:</em> no limit, until the queue delay is near its target at three of six control steps.
 *   <li><em>Congested path:</em> {@code R = Ĉ · clamp(1 - 0.8 (q̂ - target) / θ, ¼, 1¼)}. Proportional-integral control of a queue behind a
 *       dead time θ, the loop delay as measured. The proportional part acts on what the queue will be when all that was let through has
 *       reached it (a Smith predictor), so that it need not wait for the loop; the integral part is the estimate {@code Ĉ} of the
 *       capacity, corrected by the difference between the queue seen and the one that departures explain. So a wrong capacity leaves no offset, a
 *       halved one is found in a few θ, and neither winds up while the bottleneck is not used.
 *   <li><em>Overloaded server:</em> a cap of its own that moves at most once in 8 θ.
 *   <li><em>Forecast:</em> no more than {@link BottleneckView#expectedCapacityBytesPerSecond()}, where it is trusted.
 *   <li><em>Telemetry lost:</em> towards the base rate; never towards 0.
 * </ul>
 *
 * <p>It helps where the queue is made by what passes here. It cannot drain a queue that others fill, nor catch bursts shorter than θ
 * without a forecast. {@link #rateBytesPerSecond} belongs to one thread at a time and one bottleneck; {@link #delayNanos} is always 0.
 */
public final class PacedDelayCalculator implements DelayCalculator {

    /** Smaller changes are not worth re-timing what is queued. */
    private static final double NOTABLE_CHANGE = 0.005;
    /** A forecast throttles no further than feedback may. */
    private static final double LEAST_FORECAST_SHARE = 0.25;
    /** After a longer silence, in control steps, the clock has jumped or the engine has slept. */
    private static final long LONGEST_SILENCE_STEPS = 64;

    private final RateLoop loop;
    private final ServerCap serverCap;
    private long lastNanos;
    private double published = UNLIMITED;
    private RateCause cause = RateCause.NOT_NEEDED;

    private PacedDelayCalculator(Builder builder) {
        double fair = builder.nodeWeight * builder.commonBytesPerSecond;
        double share = Double.isNaN(fair) ? Builder.LOOP_SHARE : 2 * Builder.LOOP_SHARE;
        loop = new RateLoop(
                new QueueTarget((double) builder.targetNanos, share, fair), builder.baseRate, builder.leastRate);
        serverCap = new ServerCap(builder.serverTarget, builder.baseRate, builder.leastRate);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        if (!loop.isStarted() || elapsed < 0 || elapsed / LONGEST_SILENCE_STEPS > bottleneck.stepNanos()) {
            loop.restart(nowNanos);
            lastNanos = nowNanos;
            return published;
        }
        if (elapsed == 0) {
            return published;
        }
        lastNanos = nowNanos;
        double loopNanos = RateLoop.loopNanos(bottleneck);
        double path = loop.step(bottleneck, nowNanos, elapsed);
        double server = serverCap.step(bottleneck, loopNanos, elapsed);
        double expected = forecast(bottleneck);
        publish(Math.min(Math.min(path, server), expected));
        cause = cause(path, server, expected, nowNanos);
        return published;
    }

    private RateCause cause(double path, double server, double expected, long nowNanos) {
        double least = Math.min(Math.min(path, server), expected);
        if (least == path) {
            return loop.cause(nowNanos);
        }
        return least == server ? RateCause.SERVER_LOAD : RateCause.FORECAST;
    }

    @Override
    public RateCause rateCause() {
        return cause;
    }

    private static double forecast(BottleneckView bottleneck) {
        double expected = bottleneck.expectedCapacityBytesPerSecond();
        double least = LEAST_FORECAST_SHARE * bottleneck.capacityBytesPerSecond();
        return expected >= 0 && least > 0 ? Math.max(expected, least) : UNLIMITED;
    }

    private void publish(double rate) {
        // False for infinities too, which differ from everything but themselves.
        boolean same = Math.abs(rate - published) <= NOTABLE_CHANGE * published && published < UNLIMITED;
        published = same ? published : rate;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        return 0;
    }

    /** Collects what the law depends on. Not safe for use by several threads. */
    public static final class Builder {

        private static final double LOOP_SHARE = 0.05;

        private long targetNanos = Duration.ofMillis(5).toNanos();
        private double baseRate = Double.NaN;
        private double leastRate = 10_000;
        private double serverTarget = 0.9;
        private double nodeWeight = 1;
        private double commonBytesPerSecond = Double.NaN;

        private Builder() {}

        /**
         * Sets the queue delay that the bottleneck is to have while it is congested; 5 ms unless set. Never below a twentieth of the
         * loop delay, or a tenth with {@link #fairAmongNodes}.
         *
         * @param target 10 µs to 10 s
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder target(Duration target) {
            targetNanos = Checks.duration("target", target, Duration.ofNanos(10_000), Duration.ofSeconds(10));
            return this;
        }

        /**
         * Sets the rate to return to when telemetry is lost while the bottleneck is shaped; unless set, the highest rate that was lately
         * delivered.
         *
         * @param bytesPerSecond above 0
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder baseRate(double bytesPerSecond) {
            Checks.require(bytesPerSecond > 0, "baseRate", bytesPerSecond, "> 0");
            baseRate = bytesPerSecond;
            return this;
        }

        /**
         * Sets the rate below which it never goes; 10 kB/s unless set.
         *
         * @param bytesPerSecond at least 1
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder leastRate(double bytesPerSecond) {
            leastRate = Checks.inRange("leastRate", bytesPerSecond, 1, 1e15);
            return this;
        }

        /**
         * Sets the server load to hold when the server is overloaded, which is 0.05 above; 0.9 unless set.
         *
         * @param load 0.1 to 0.95
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder serverTarget(double load) {
            serverTarget = Checks.inRange("serverTarget", load, 0.1, 0.95);
            return this;
        }

        /**
         * Says that other nodes fill the same bottleneck and do not share this one's leases. Their shares then go towards their weights, in
         * some hundred loop delays, and the queue is up to four times as long. All must name the same common rate.
         *
         * @param weight of this node, 0.01 to 1, where 1 is the greatest
         * @param commonBytesPerSecond about the capacity of the bottleneck, above 0
         * @return this
         * @throws IllegalArgumentException if one is out of range
         */
        public Builder fairAmongNodes(double weight, double commonBytesPerSecond) {
            nodeWeight = Checks.inRange("weight", weight, 0.01, 1);
            this.commonBytesPerSecond = Checks.inRange("commonBytesPerSecond", commonBytesPerSecond, 1, 1e15);
            return this;
        }

        /** Returns the calculator, for one bottleneck. */
        public PacedDelayCalculator build() {
            return new PacedDelayCalculator(this);
        }
    }
}
