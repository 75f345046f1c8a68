package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.runtime.Checks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The default where load counts: of some nodes that the key prefers, those that are not hot, by latency; then the hot ones, by what they
 * have in flight (Wydrowski and others, Load is not what you should balance, NSDI 2024).
 *
 * <p>Of latencies that are about the same the node with less in flight comes first, which the paper leaves open. Hot is who has more in flight, for its weight, than a quantile of all nodes. Hot is also whose load is forecast to rise above a limit,
 * as long as not all are; forecasts that are not trusted do not come in here ({@link NodeState#expectedLoad()}).
 */
public final class HotColdPlacement implements PlacementPolicy {

    /** Latencies that differ by less than a tenth are noise; what is in flight tells more. */
    private static final double ALIKE = 1.1;

    private final int candidatesPerShard;
    private final double hotQuantile;
    private final double expectedLoadLimit;

    private HotColdPlacement(Builder builder) {
        candidatesPerShard = Checks.inRange("candidatesPerShard", builder.candidatesPerShard, 1, Short.MAX_VALUE);
        hotQuantile = Checks.inRange("hotQuantile", builder.hotQuantile, 0, 1);
        expectedLoadLimit = Checks.finite("expectedLoadLimit", builder.expectedLoadLimit);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Placement place(PlacementRequest request) {
        Choice choice = new Choice(request);
        short[] order = choice.roster().ranked(Roster.slot(request.key()));
        rank(order, Math.min(order.length, (long) candidatesPerShard * request.count()), choice.states());
        return choice.of(order, request.count(), null);
    }

    private void rank(short[] order, long candidates, List<NodeState> states) {
        boolean[] hot = hot(order, candidates, states);
        Short[] ranked =
                IntStream.range(0, (int) candidates).mapToObj(i -> order[i]).toArray(Short[]::new);
        Arrays.sort(
                ranked,
                Comparator.<Short, Boolean>comparing(i -> hot[i])
                        .thenComparingDouble(i -> hot[i] ? 0 : latencyStep(states.get(i)))
                        .thenComparingDouble(i -> pressure(states.get(i)))
                        .thenComparingLong(i -> states.get(i).metrics().load().ageNanos()));
        for (int i = 0; i < ranked.length; i++) {
            order[i] = ranked[i];
        }
    }

    private boolean[] hot(short[] order, long candidates, List<NodeState> states) {
        double limit = quantile(states);
        boolean[] hot = new boolean[states.size()];
        boolean[] hotSoon = new boolean[hot.length];
        boolean isAnyCold = false;
        for (int i = 0; i < candidates; i++) {
            NodeState state = states.get(order[i]);
            hot[order[i]] = pressure(state) > limit;
            hotSoon[order[i]] = hot[order[i]] || isSurgeAhead(state);
            isAnyCold |= !hotSoon[order[i]];
        }
        return isAnyCold ? hotSoon : hot;
    }

    /** Who is as busy already shows it; a forecast tells nothing more then. */
    private boolean isSurgeAhead(NodeState state) {
        return state.expectedLoad() > expectedLoadLimit && !(state.load() > expectedLoadLimit);
    }

    private double quantile(List<NodeState> states) {
        double[] known =
                states.stream().mapToDouble(HotColdPlacement::pressure).sorted().toArray();
        return known.length == 0 ? 0 : known[(int) (hotQuantile * (known.length - 1))];
    }

    /** Who is new counts as idle, so that it becomes known. */
    private static double pressure(NodeState state) {
        double inFlight = state.metrics().inFlight();
        return Double.isNaN(inFlight) ? 0 : inFlight / state.node().weight();
    }

    private static double latencyStep(NodeState state) {
        double nanos = state.metrics().latencyNanos();
        return Double.isNaN(nanos) || nanos < 1 ? 0 : Math.floor(Math.log(nanos) / Math.log(ALIKE));
    }

    /** Builds the policy. */
    public static final class Builder {

        private int candidatesPerShard = 5;
        private double hotQuantile = 0.84;
        private double expectedLoadLimit = 0.9;

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
         * Sets from which forecast load on a node is hot. Default: 0.9.
         *
         * @param load on the scale of {@link NodeState#load()}
         * @return this
         */
        public Builder expectedLoadLimit(double load) {
            expectedLoadLimit = load;
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
