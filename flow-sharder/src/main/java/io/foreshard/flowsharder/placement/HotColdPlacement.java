package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The default where load counts: of some nodes that the key prefers, those that are not hot, by latency; then the hot ones, by what they
 * have in flight (Wydrowski and others, Load is not what you should balance, NSDI 2024).
 *
 * <ul>
 *   <li>Hot is who has more in flight, for its weight, than a quantile of all nodes.
 *   <li>Of latencies that are about the same the node with less in flight comes first, which the paper leaves open.
 *   <li>A node seen to be empty fills while nobody looks, as all who saw it go there: in flight counts as more by the age of what is
 *       known ({@link Builder#staleAfter}).
 *   <li>A load that is forecast to rise counts as what is in flight with as much load, on average. So a forecast changes whom to prefer among
 *       equals, and sends nobody to a node that is slower now; those that are not trusted do not come in here
 *       ({@link NodeState#expectedLoad()}).
 *   <li>What is equal then goes as the key prefers, so that those who decide at the same time do not all decide the same.
 * </ul>
 */
public final class HotColdPlacement implements PlacementPolicy {

    /** Latencies that differ by less than a twentieth are noise; what is in flight tells more. */
    private static final double LOG_ALIKE = Math.log(1.05);

    /** Behind all that are cold. */
    private static final int HOT = Integer.MAX_VALUE;

    private static final double MOST_STALE = 2;

    /** Below it loads tell nothing of what is in flight. */
    private static final double LEAST_LOAD = 0.01;

    private final int candidatesPerShard;
    private final double hotQuantile;
    private final double staleAfterNanos;
    /** The last one; any will do, as it changes no answer. */
    private volatile @Nullable Roster roster;

    private HotColdPlacement(Builder builder) {
        candidatesPerShard = Checks.inRange("candidatesPerShard", builder.candidatesPerShard, 1, Short.MAX_VALUE);
        hotQuantile = Checks.inRange("hotQuantile", builder.hotQuantile, 0, 1);
        staleAfterNanos =
                (double) Checks.duration("staleAfter", builder.staleAfter, Duration.ofNanos(1), Duration.ofDays(1));
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Placement place(PlacementRequest request) {
        Choice choice = new Choice(request, roster);
        roster = choice.roster();
        short[] order = choice.roster().ranked(Roster.slot(request.key()));
        rank(order, Math.min(order.length, (long) candidatesPerShard * request.count()), choice.states());
        return choice.of(order, request.count(), null);
    }

    private void rank(short[] order, long candidates, List<NodeState> states) {
        double[] inFlight = new double[states.size()];
        for (int i = 0; i < inFlight.length; i++) {
            inFlight[i] = inFlight(states.get(i));
        }
        double mean = Arrays.stream(inFlight).average().orElse(0);
        double meanLoad = meanLoad(states);
        double limit = quantile(inFlight);
        int[] steps = new int[inFlight.length];
        for (int i = 0; i < candidates; i++) {
            int node = order[i];
            steps[node] = inFlight[node] > limit ? HOT : latencyStep(states.get(node));
            inFlight[node] += mean * (staleness(states.get(node)) + surge(states.get(node)) / meanLoad);
        }
        sort(order, (int) candidates, steps, inFlight);
    }

    /** What is equal stays in the order of preference; there are few, and whoever comes first is not known before. */
    private static void sort(short[] order, int count, int[] steps, double[] inFlight) {
        for (int i = 1; i < count; i++) {
            short node = order[i];
            int place = i;
            while (place > 0 && isBetter(node, order[place - 1], steps, inFlight)) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = node;
        }
    }

    private static boolean isBetter(short one, short other, int[] steps, double[] inFlight) {
        return steps[one] != steps[other] ? steps[one] < steps[other] : inFlight[one] < inFlight[other];
    }

    private double quantile(double[] inFlight) {
        double[] sorted = inFlight.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (hotQuantile * (sorted.length - 1))];
    }

    /** Who is new counts as idle, so that it becomes known. */
    private static double inFlight(NodeState state) {
        double inFlight = state.metrics().inFlight();
        return Double.isNaN(inFlight) ? 0 : inFlight / state.node().weight();
    }

    private double staleness(NodeState state) {
        return Math.min(MOST_STALE, state.metrics().load().ageNanos() / staleAfterNanos);
    }

    private static int latencyStep(NodeState state) {
        double nanos = state.metrics().latencyNanos();
        return Double.isNaN(nanos) || nanos < 1 ? 0 : (int) (Math.log(nanos) / LOG_ALIKE);
    }

    /** By how much the load is forecast to rise. */
    private static double surge(NodeState state) {
        double rise = state.expectedLoad() - state.load();
        return rise > 0 ? rise : 0;
    }

    private static double meanLoad(List<NodeState> states) {
        double mean = states.stream()
                .mapToDouble(NodeState::load)
                .filter(load -> load > 0)
                .average()
                .orElse(1);
        return Math.max(LEAST_LOAD, mean);
    }

    /** Builds the policy. */
    public static final class Builder {

        private int candidatesPerShard = 5;
        private double hotQuantile = 0.84;
        private Duration staleAfter = Duration.ofMillis(200);

        private Builder() {}

        /**
         * Sets how many nodes are looked at for each shard: few keep keys where they are, many find the best node, and all who ask find
         * the same. Default: 5.
         *
         * @param nodes above 0
         * @return this
         */
        public Builder candidatesPerShard(int nodes) {
            candidatesPerShard = nodes;
            return this;
        }

        /**
         * Sets which part of the nodes is not hot by what they have in flight. Default: 0.84.
         *
         * @param share 0…1
         * @return this
         */
        public Builder hotQuantile(double share) {
            hotQuantile = share;
            return this;
        }

        /**
         * Sets how old what is known of a node has to be to count as much as what nodes have in flight on average. Twice as
         * old counts twice, what is older no more than that. Default: 200 ms.
         *
         * @param age 1 ns to 1 day; about the time in which as many are placed on a node that looks empty as others have in flight
         * @return this
         */
        public Builder staleAfter(Duration age) {
            staleAfter = age;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public HotColdPlacement build() {
            return new HotColdPlacement(this);
        }
    }
}
