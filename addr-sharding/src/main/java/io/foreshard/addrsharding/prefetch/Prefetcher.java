package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.demand.EventRise;
import io.foreshard.addrsharding.demand.LeadTimeDemand;
import io.foreshard.addrsharding.spi.DemandOutlook;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.SkillGate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches what subdivisions ask for and how long refills take, foresees what they will ask for within a lead time, and lets a
 * {@link PrefetchPolicy} plan their stock. Forecasts decide only while that has cost less than what was enough lately
 * ({@link SkillGate}), for all subdivisions together and for each; needs are corrected until the wanted hit rate is reached.
 *
 * <p>Tell {@link #demand} what is asked for, {@link #refilled} how long refills take; call {@link #step} at a fixed step, and {@link #plan} as often as a
 * subdivision is to be looked at. Confined to one thread.
 */
public final class Prefetcher {

    private static final long NANOS = 1_000_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final double RECENT_RATE = 0.02;
    /** Slower, as forecasts know when much is to come: one price of a miss at all times costs less than one hit rate on all days. */
    private static final double EXPECTED_RATE = 0.01;
    /** One step must not decide. */
    private static final double MOST_SHARE = 100;

    private final long stepMillis;
    private final long firstLeadMillis;
    private final long mostLeadMillis;
    private final double level;
    private final int maxSubdivisions;
    private final PrefetchPolicy policy;
    private final @Nullable Function<String, Forecaster> forecasters;
    private final SkillGate gate;
    private final ServiceLevel recentLevel;
    private final ServiceLevel expectedLevel;
    private final Map<String, SubdivisionDemand> subdivisions = new LinkedHashMap<>();
    private final int stepsPerDay;
    private double usualLoss = Double.NaN;
    private long stepEndsMillis = Long.MIN_VALUE;
    private int judgedIn = -1;
    private boolean wasPredictive;

    private Prefetcher(Builder builder) {
        stepMillis = Checks.duration("step", builder.step, Duration.ofMinutes(1), Duration.ofDays(1)) / NANOS;
        mostLeadMillis =
                Checks.duration("mostLead", builder.mostLead, Duration.ofMillis(1), Duration.ofDays(1)) / NANOS;
        firstLeadMillis = Checks.duration("firstLead", builder.firstLead, Duration.ZERO, builder.mostLead) / NANOS;
        Checks.inRange("missCost", builder.missCost, 0.01, 9999);
        level = builder.missCost / (builder.missCost + 1);
        maxSubdivisions = Checks.positive("maxSubdivisions", builder.maxSubdivisions);
        stepsPerDay = (int) Math.max(1, DAY_MILLIS / stepMillis);
        policy = builder.policy;
        forecasters = builder.forecasters;
        double hitRate = Checks.inRange("hitRate", builder.hitRate, 0.5, 0.9999);
        recentLevel = new ServiceLevel(hitRate, RECENT_RATE, stepsPerDay);
        expectedLevel = new ServiceLevel(hitRate, EXPECTED_RATE, stepsPerDay);
        gate = new SkillGate(builder.gateMode, builder.controlShare, builder.seed, "prefetch", builder.listener);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes what was asked for.
     *
     * @param subdivision who asked
     * @param nowMillis the time, in milliseconds since 1970; does not go back
     * @param count how many addresses were asked for, hits and misses
     * @param misses how many of them were not there
     * @throws IllegalStateException if there are too many subdivisions
     */
    public void demand(String subdivision, long nowMillis, int count, int misses) {
        of(subdivision).demand(nowMillis, count, misses);
    }

    /**
     * Takes how long a refill took, from the order until its addresses were warm.
     *
     * @param subdivision whose
     * @param tookMillis not negative
     */
    public void refilled(String subdivision, long tookMillis) {
        of(subdivision).refilled(Checks.notNegative("tookMillis", tookMillis));
    }

    /**
     * Forgets a subdivision: another may take its place. If it comes again it is as one that was never seen.
     *
     * @param subdivision whose demand is of no interest any more; one that is not known is nothing
     */
    public void forget(String subdivision) {
        subdivisions.remove(subdivision);
    }

    private SubdivisionDemand of(String subdivision) {
        SubdivisionDemand known = subdivisions.get(subdivision);
        if (known != null) {
            return known;
        }
        if (subdivisions.size() >= maxSubdivisions) {
            throw new IllegalStateException(
                    "maxSubdivisions: " + maxSubdivisions + " (expected: room for " + subdivision + ")");
        }
        int horizon = (int) Math.min(16, 2 + mostLeadMillis / stepMillis);
        LeadTimeDemand model = new LeadTimeDemand(
                stepMillis, horizon, level, forecasters == null ? null : forecasters.apply(subdivision));
        SubdivisionDemand fresh = new SubdivisionDemand(
                model,
                new LeadTimes(firstLeadMillis, 1, mostLeadMillis),
                new LeadWindow(mostLeadMillis),
                stepsPerDay,
                level);
        subdivisions.put(subdivision, fresh);
        return fresh;
    }

    /**
     * Ends a step and begins the next one.
     *
     * @param nowMillis when it ended, in milliseconds since 1970
     */
    public void step(long nowMillis) {
        stepEndsMillis = nowMillis + stepMillis;
        StepTotals totals = new StepTotals();
        for (SubdivisionDemand demand : subdivisions.values()) {
            demand.step(nowMillis, recentLevel, expectedLevel);
            totals.add(demand, wasPredictive);
        }
        // Of the way that did not decide it is only known by how much its stock would have been exceeded.
        recentLevel.step(totals.asked, wasPredictive ? totals.recentShort : totals.missed);
        expectedLevel.step(totals.asked, wasPredictive ? totals.missed : totals.expectedShort);
        judge(nowMillis, totals);
    }

    private void judge(long nowMillis, StepTotals totals) {
        usualLoss = Double.isNaN(usualLoss) ? totals.loss : usualLoss + (totals.loss - usualLoss) / stepsPerDay;
        if (judgedIn >= 0 && usualLoss > 0) {
            // The gate compares logarithms of what it is given.
            gate.score(judgedIn, Math.exp(Math.min(MOST_SHARE, totals.loss / usualLoss)));
        }
        gate.step(nowMillis * NANOS, totals.error(), totals.scored(), true, 1);
        judgedIn = gate.slot();
        wasPredictive = gate.isPredictive();
    }

    /**
     * Plans the stock of a subdivision.
     *
     * @param subdivision whose
     * @param nowMillis the time, in milliseconds since 1970
     * @param stock what it has
     */
    public PrefetchPlan plan(String subdivision, long nowMillis, PrefetchView.Stock stock) {
        PrefetchPlan plan = policy.plan(new PrefetchView(subdivision, nowMillis, stock, outlook(of(subdivision))));
        if (plan.order() > 0 || plan.release() > 0) {
            PrefetchEvent.emit(plan);
        }
        return plan;
    }

    /**
     * Takes what is foreseen beyond requests.
     *
     * @param subdivision whose
     * @param vmCount how many VMs it is expected to run when a refill that is ordered now has come; {@link Double#NaN} if not known
     * @param byEvents what events will add to those that run; needs are at least that
     */
    public void foresee(String subdivision, double vmCount, EventRise byEvents) {
        of(subdivision).foresee(vmCount, byEvents);
    }

    private DemandOutlook outlook(SubdivisionDemand demand) {
        boolean predicts = wasPredictive && demand.isBetterExpected();
        double correction = predicts ? expectedLevel.factorBeyond() : recentLevel.factor();
        EventRise rise = demand.rise();
        double least = Math.min(Integer.MAX_VALUE, rise.vms() / correction);
        return new DemandOutlook(
                demand.leadMillis(),
                stepMillis,
                stepEndsMillis,
                level,
                Math.max(demand.recent(), least),
                predicts
                        ? demand.expectedNeeds(expectedLevel.height()).stream()
                                .map(need -> Math.max(need, least))
                                .toList()
                        : List.of(),
                correction,
                demand.predictedVmCount(),
                rise.vms() > 0 ? "event " + rise.kinds() : "");
    }

    /** Returns whether forecasts decide, and what that rests on; any thread. The scaled error is what they cost as a share of the reactive twin. */
    public GateReport report() {
        return gate.report();
    }

    /** Builds the prefetcher. */
    public static final class Builder {

        private Duration step = Duration.ofMinutes(5);
        private Duration firstLead = Duration.ofMinutes(1);
        private Duration mostLead = Duration.ofMinutes(5);
        private double missCost = 99;
        private double hitRate = 0.99;
        private int maxSubdivisions = 10_000;
        private PrefetchPolicy policy = QuantilePrefetch.builder().build();
        private @Nullable Function<String, Forecaster> forecasters;
        private GateMode gateMode = GateMode.FREE;
        private double controlShare = SkillGate.DEFAULT_CONTROL_SHARE;
        private long seed;
        private GateListener listener = GateListener.NOOP;

        private Builder() {}

        /**
         * Sets the step in which demand is counted. Default: five minutes.
         *
         * @param interval a minute up to a day
         * @return this
         */
        public Builder step(Duration interval) {
            step = interval;
            return this;
        }

        /**
         * Sets how long a refill is taken to take before one was measured, and at most. Default: a minute, and five.
         *
         * @param first up to {@code most}
         * @param most a millisecond up to a day
         * @return this
         */
        public Builder lead(Duration first, Duration most) {
            firstLead = first;
            mostLead = most;
            return this;
        }

        /**
         * Sets what it costs to have one address too few for a step, in units of one too many: the newsvendor's costs. Default: 99, which is the
         * quantile 0.99.
         *
         * @param units 0.01…9999
         * @return this
         */
        public Builder missCost(double units) {
            missCost = units;
            return this;
        }

        /**
         * Sets the share of requests that are to be served at once, over all subdivisions. Default: 0.99.
         *
         * @param share 0.5…0.9999
         * @return this
         */
        public Builder hitRate(double share) {
            hitRate = share;
            return this;
        }

        /**
         * Sets how many subdivisions there may be; one more is refused. Default: 10,000, which take half a megabyte each once known for two weeks.
         *
         * @param count above 0
         * @return this
         */
        public Builder maxSubdivisions(int count) {
            maxSubdivisions = count;
            return this;
        }

        /**
         * Sets who plans stocks. Default: {@link QuantilePrefetch}.
         *
         * @param planner pure
         * @return this
         */
        public Builder policy(PrefetchPolicy planner) {
            policy = planner;
            return this;
        }

        /**
         * Sets what forecasts how much a subdivision asks for. Default: none; then the calendar is all there is to foresee by.
         *
         * @param factory makes one for each subdivision when it is first seen
         * @return this
         */
        public Builder forecasters(Function<String, Forecaster> factory) {
            forecasters = factory;
            return this;
        }

        /**
         * Sets whether forecasts may decide at all. Default: {@link GateMode#FREE}.
         *
         * @param mode free, or held shut
         * @return this
         */
        public Builder gateMode(GateMode mode) {
            gateMode = mode;
            return this;
        }

        /**
         * Sets which share of the time forecasts do not decide while they are trusted, to compare with. Default: 0.02.
         *
         * @param share 0…0.5
         * @return this
         */
        public Builder controlShare(double share) {
            controlShare = share;
            return this;
        }

        /**
         * Sets the seed that decides which. Default: 0.
         *
         * @param value any
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets who is told when forecasts begin or cease to decide.
         *
         * @param told must not block
         * @return this
         */
        public Builder listener(GateListener told) {
            listener = told;
            return this;
        }

        /**
         * Builds the prefetcher.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public Prefetcher build() {
            return new Prefetcher(this);
        }
    }
}
