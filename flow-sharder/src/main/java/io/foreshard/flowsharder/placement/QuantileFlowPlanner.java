package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.FlowDemand;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.LegCapacity;
import io.foreshard.flowsharder.spi.PlanReason;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fewest shards whose capacity, as it will surely be, covers what the flow will want at most, with room on top. Grows at once, shrinks
 * when fewer have been enough for a while and by a margin. Never takes two legs behind one bottleneck: they would share what one gets.
 */
public final class QuantileFlowPlanner implements FlowPlanner {

    private final int firstShards;
    private final int maxShards;
    private final double headRoom;
    private final double shrinkMargin;
    private final long growDwellNanos;
    private final long shrinkDwellNanos;

    private QuantileFlowPlanner(Builder builder) {
        maxShards = Checks.positive("maxShards", builder.maxShards);
        firstShards = Checks.inRange("firstShards", builder.firstShards, 1, maxShards);
        headRoom = Checks.inRange("headRoom", builder.headRoom, 0, 100);
        shrinkMargin = Checks.inRange("shrinkMargin", builder.shrinkMargin, 0, 1);
        growDwellNanos = Checks.duration("growDwell", builder.growDwell, Duration.ZERO, Duration.ofHours(1));
        shrinkDwellNanos = Checks.duration("shrinkDwell", builder.shrinkDwell, Duration.ZERO, Duration.ofDays(1));
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public FlowPlan plan(FlowDemand demand) {
        List<LegCapacity> legs = independent(demand.legs());
        int most = Math.max(1, Math.min(maxShards, legs.size()));
        FlowPlan wanted = wanted(demand, legs);
        if (wanted.count() > most) {
            return new FlowPlan(most, whyNoMore(demand, legs));
        }
        return wanted;
    }

    private FlowPlan wanted(FlowDemand demand, List<LegCapacity> legs) {
        double capacity = typical(legs);
        double need = (1 + headRoom) * larger(demand.observedBytesPerSecond(), demand.expectedHighBytesPerSecond());
        if (Double.isNaN(need) || Double.isNaN(capacity)) {
            return waiting(
                    demand, new FlowPlan(demand.current() > 0 ? demand.current() : firstShards, PlanReason.UNKNOWN));
        }
        int fewest = fewest(need, legs, capacity);
        return waiting(
                demand,
                fewest < demand.current()
                        ? shrunk(demand, fewest(need / (1 - shrinkMargin), legs, capacity), reason(demand))
                        : new FlowPlan(fewest, reason(demand)));
    }

    /** A flow whose source waits carries what its shards can, which tells nothing of what it wants: one more, and never fewer. */
    private FlowPlan waiting(FlowDemand demand, FlowPlan plan) {
        if (!demand.isLimited() || plan.count() > demand.current()) {
            return plan;
        }
        return demand.unchangedNanos() >= growDwellNanos
                ? new FlowPlan(demand.current() + 1, PlanReason.SOURCE_WAITS)
                : new FlowPlan(Math.max(1, demand.current()), PlanReason.KEPT);
    }

    private FlowPlan shrunk(FlowDemand demand, int fewest, PlanReason reason) {
        return demand.unchangedNanos() < shrinkDwellNanos || fewest >= demand.current()
                ? new FlowPlan(demand.current(), PlanReason.KEPT)
                : new FlowPlan(fewest, reason);
    }

    private static PlanReason reason(FlowDemand demand) {
        return demand.expectedHighBytesPerSecond() > demand.observedBytesPerSecond()
                        || Double.isNaN(demand.observedBytesPerSecond())
                ? PlanReason.COVERS_FORECAST
                : PlanReason.COVERS_OBSERVED;
    }

    private PlanReason whyNoMore(FlowDemand demand, List<LegCapacity> legs) {
        return legs.size() < maxShards && legs.size() < demand.legs().size()
                ? PlanReason.NO_OTHER_BOTTLENECK
                : PlanReason.CAPPED;
    }

    /** One more than there are legs if all together are not enough. */
    private static int fewest(double need, List<LegCapacity> legs, double typical) {
        double sum = 0;
        for (int count = 1; count <= legs.size(); count++) {
            double capacity = sure(legs.get(count - 1));
            sum += Double.isNaN(capacity) ? typical : capacity;
            if (sum >= need) {
                return count;
            }
        }
        return legs.size() + 1;
    }

    /** What is known of others stands for what is not known of one. */
    private static double typical(List<LegCapacity> legs) {
        return legs.stream()
                .mapToDouble(QuantileFlowPlanner::sure)
                .filter(capacity -> !Double.isNaN(capacity))
                .average()
                .orElse(Double.NaN);
    }

    private static double sure(LegCapacity leg) {
        return Double.isNaN(leg.lowBytesPerSecond()) ? leg.meanBytesPerSecond() : leg.lowBytesPerSecond();
    }

    private static List<LegCapacity> independent(List<LegCapacity> legs) {
        Set<String> taken = new HashSet<>();
        List<LegCapacity> independent = new ArrayList<>(legs);
        independent.removeIf(leg -> !leg.bottleneck().isEmpty() && !taken.add(leg.bottleneck()));
        return independent;
    }

    private static double larger(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    /** Builds the planner. */
    public static final class Builder {

        private int firstShards = 2;
        private int maxShards = 8;
        private double headRoom = 0.2;
        private double shrinkMargin = 0.3;
        private Duration growDwell = Duration.ofSeconds(1);
        private Duration shrinkDwell = Duration.ofSeconds(10);

        private Builder() {}

        /**
         * Sets how many shards a flow gets of which nothing is known. Default: 2.
         *
         * @param shards above 0, at most {@link #maxShards}
         * @return this
         */
        public Builder firstShards(int shards) {
            firstShards = shards;
            return this;
        }

        /**
         * Sets how many shards a flow may have. Default: 8.
         *
         * @param shards above 0
         * @return this
         */
        public Builder maxShards(int shards) {
            maxShards = shards;
            return this;
        }

        /**
         * Sets how much capacity there is to be beyond what is wanted, as a share of it. Default: 0.2.
         *
         * @param share 0…100
         * @return this
         */
        public Builder headRoom(double share) {
            headRoom = share;
            return this;
        }

        /**
         * Sets how much of the capacity of fewer shards is to be left over before there are fewer. Default: 0.3.
         *
         * @param share 0…1
         * @return this
         */
        public Builder shrinkMargin(double share) {
            shrinkMargin = share;
            return this;
        }

        /**
         * Sets for how long a source waits before there is one shard more. Default: 1 s.
         *
         * @param duration up to an hour
         * @return this
         */
        public Builder growDwell(Duration duration) {
            growDwell = duration;
            return this;
        }

        /**
         * Sets for how long the number has to stand before there are fewer. Default: 10 s.
         *
         * @param duration up to a day
         * @return this
         */
        public Builder shrinkDwell(Duration duration) {
            shrinkDwell = duration;
            return this;
        }

        /**
         * Builds the planner.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public QuantileFlowPlanner build() {
            return new QuantileFlowPlanner(this);
        }
    }
}
