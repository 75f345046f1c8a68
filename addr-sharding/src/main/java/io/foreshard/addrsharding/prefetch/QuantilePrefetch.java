package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.spi.DemandOutlook;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * Keeps the quantile of what will be asked for until a refill that is ordered now, or at the next look, has come: the newsvendor's order
 * (Arrow, Harris and Marschak, Econometrica 19, 1951), whose level is what a miss costs, as a share of that and of what an idle address
 * costs. VMs that wait add to it. While forecasts do not decide, it does what {@link ReactivePrefetch} does.
 */
public final class QuantilePrefetch implements PrefetchPolicy {

    private final long lookMillis;
    private final int atLeast;
    private final double releaseAbove;
    private final ReactivePrefetch reactive;

    private QuantilePrefetch(Builder builder) {
        lookMillis = Checks.duration("look", builder.look, Duration.ofMillis(1), Duration.ofDays(1)) / 1_000_000;
        atLeast = Checks.notNegative("atLeast", builder.atLeast);
        releaseAbove = Checks.inRange("releaseAbove", builder.releaseAbove, 0, 1000);
        reactive = new ReactivePrefetch(atLeast, releaseAbove);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public PrefetchPlan plan(PrefetchView view) {
        DemandOutlook outlook = view.outlook();
        if (!outlook.isPredictive()) {
            return reactive.plan(view);
        }
        // What is ordered at the next look is there when that much has passed.
        long until = later(later(view.nowMillis(), outlook.leadMillis()), lookMillis - 1);
        double need = Math.rint(outlook.highestNeed(view.nowMillis(), until) * outlook.correction());
        int backlog = view.stock().backlog();
        double wanted = Math.max(atLeast, need) + backlog;
        return Stocking.plan(
                view,
                wanted,
                wanted * releaseAbove,
                backlog > 0 ? PrefetchReason.BACKLOG : PrefetchReason.COVERS_FORECAST);
    }

    /** The end of time is late enough. */
    private static long later(long millis, long notNegative) {
        return millis > Long.MAX_VALUE - notNegative ? Long.MAX_VALUE : millis + notNegative;
    }

    /** Builds the policy. */
    public static final class Builder {

        private Duration look = Duration.ofMinutes(1);
        private int atLeast;
        private double releaseAbove = 0.1;

        private Builder() {}

        /**
         * Sets how often a subdivision is planned. Default: a minute.
         *
         * @param interval a millisecond up to a day
         * @return this
         */
        public Builder look(Duration interval) {
            look = interval;
            return this;
        }

        /**
         * Sets how many addresses are always kept. Default: none.
         *
         * @param count not negative
         * @return this
         */
        public Builder atLeast(int count) {
            atLeast = count;
            return this;
        }

        /**
         * Sets by which share of the target the stock may exceed it before some is released. Default: 0.1.
         *
         * @param share not negative; 1 is what Azure's network plug-in does
         * @return this
         */
        public Builder releaseAbove(double share) {
            releaseAbove = share;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public QuantilePrefetch build() {
            return new QuantilePrefetch(this);
        }
    }
}
