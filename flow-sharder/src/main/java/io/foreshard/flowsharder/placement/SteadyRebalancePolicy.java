package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.RebalanceRound;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The default: moves shards when it is worth it, and never to and fro.
 *
 * <ul>
 *   <li>From nodes that are down, all shards at once; from nodes that drain, as many as a round may move.
 *   <li>From nodes whose load, now or as forecast, has been above a limit for a while, one shard at a time, until the load is below a lower
 *       limit; only to a node that stays below the lower limit with it.
 *   <li>From nodes that have become notably slower than they were, unless most have: then the cause is not the node.
 *   <li>To a node that is new or back, what prefers it by {@link RendezvousPlacement}'s order; the more often it failed, the later.
 * </ul>
 *
 * <p>A shard stays for a while before it moves again, and does not return for longer to a node that it left while that was up.
 */
public final class SteadyRebalancePolicy implements RebalancePolicy {

    private final SteadySettings settings;
    private final MoveMemory memory;
    private final Map<String, NodeHistory> histories = new HashMap<>();
    private boolean isFirstRound = true;

    private SteadyRebalancePolicy(Builder builder) {
        settings = builder.settings();
        memory = new MoveMemory(settings.returnNanos());
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<Move> rebalance(RebalanceRound round) {
        RoundBook book = new RoundBook(round);
        memory.forgetUntil(round.nowNanos());
        observe(round, book);
        leave(book, round);
        relieve(book);
        takeUp(book);
        return book.moves();
    }

    private void observe(RebalanceRound round, RoundBook book) {
        histories
                .keySet()
                .retainAll(
                        round.nodes().stream().map(state -> state.node().id()).collect(Collectors.toSet()));
        for (NodeState state : round.nodes()) {
            List<PlacedShard> busy = book.shardsOn(state.node().id()).stream()
                    .filter(PlacedShard::isBusy)
                    .toList();
            histories
                    .computeIfAbsent(
                            state.node().id(), x -> new NodeHistory(settings, state, !isFirstRound, round.nowNanos()))
                    .observe(
                            state,
                            busy.size(),
                            busy.stream()
                                    .mapToDouble(PlacedShard::bytesPerSecond)
                                    .sum(),
                            round.nowNanos());
        }
        isFirstRound = false;
    }

    private void leave(RoundBook book, RebalanceRound round) {
        for (PlacedShard shard : round.shards()) {
            NodeHistory there = histories.get(shard.nodeId());
            NodeStatus status = there == null ? NodeStatus.DOWN : there.state().status();
            if (status == NodeStatus.DOWN) {
                move(book, shard, MoveReason.FAILED);
            } else if (status == NodeStatus.DRAINING) {
                move(book, shard, MoveReason.DRAINED);
            }
        }
    }

    private void relieve(RoundBook book) {
        List<NodeHistory> worstFirst = histories.values().stream()
                .filter(node -> node.state().isUp())
                .sorted(Comparator.comparingDouble(NodeHistory::pressure)
                        .reversed()
                        .thenComparing(node -> node.state().node().id()))
                .toList();
        boolean isOurs = areMostDegraded(worstFirst, book.nowNanos());
        for (NodeHistory node : worstFirst) {
            if (node.isOverloaded() && node.mayGive(book.nowNanos())) {
                give(book, node, node.isOverloadForeseen() ? MoveReason.FORECAST_OVERLOAD : MoveReason.OVERLOADED);
            } else if (!isOurs && node.isDegraded(book.nowNanos()) && node.mayGive(book.nowNanos())) {
                give(book, node, MoveReason.DEGRADED);
            }
        }
    }

    private static boolean areMostDegraded(List<NodeHistory> up, long nowNanos) {
        return 2 * up.stream().filter(node -> node.isDegraded(nowNanos)).count() > up.size();
    }

    private void give(RoundBook book, NodeHistory node, MoveReason reason) {
        for (PlacedShard shard : book.shardsOn(node.state().node().id())) {
            if (book.nowNanos() - shard.movedNanos() >= settings.leastStayNanos() && move(book, shard, reason)) {
                node.gave(book.nowNanos());
                return;
            }
        }
    }

    private void takeUp(RoundBook book) {
        Set<String> fresh = histories.values().stream()
                .filter(node -> node.isToBeTakenUp(book.nowNanos()))
                .map(node -> node.state().node().id())
                .collect(Collectors.toSet());
        if (fresh.isEmpty()) {
            return;
        }
        Uptake uptake = new Uptake(histories.values(), fresh);
        boolean isComplete = true;
        for (List<PlacedShard> session : book.sessions()) {
            isComplete &= takeUp(book, session, uptake);
        }
        if (isComplete) {
            fresh.forEach(id -> known(id).takenUp());
        }
    }

    /** Returns whether nothing of the session is left to be moved. */
    private boolean takeUp(RoundBook book, List<PlacedShard> session, Uptake uptake) {
        Optional<Uptake.Wish> wish = uptake.wish(session, book);
        if (wish.isEmpty()) {
            return true;
        }
        PlacedShard shard = wish.get().shard();
        NodeHistory to = known(wish.get().to().id());
        boolean mayMove = book.planned() < settings.movesPerRound()
                && book.nowNanos() - shard.movedNanos() >= settings.leastStayNanos();
        if (mayMove
                && isFree(to, book)
                && !memory.hasLeft(shard, wish.get().to().id())) {
            carryOut(book, shard, known(shard.nodeId()).state().node(), to, MoveReason.TAKEN_UP);
        }
        return false;
    }

    private boolean isFree(NodeHistory node, RoundBook book) {
        return !node.isOverloaded()
                && !(node.pressure() + book.loadBroughtTo(node.state().node()) > settings.leaveLoad());
    }

    private NodeHistory known(String id) {
        return Objects.requireNonNull(histories.get(id), id);
    }

    private boolean move(RoundBook book, PlacedShard shard, MoveReason reason) {
        if (reason.isPlanned() && book.planned() >= settings.movesPerRound()) {
            return false;
        }
        @Nullable NodeHistory there = histories.get(shard.nodeId());
        Optional<NodeHistory> to = new Target(histories.values(), book, memory, settings).of(shard, there, reason);
        to.ifPresent(node -> carryOut(
                book, shard, there == null ? gone(shard) : there.state().node(), node, reason));
        return to.isPresent();
    }

    /** A node of which only the name is known by now. */
    private static Node gone(PlacedShard shard) {
        return new Node(shard.nodeId(), null, 1, "", "");
    }

    private void carryOut(RoundBook book, PlacedShard shard, Node from, NodeHistory to, MoveReason reason) {
        Node node = to.state().node();
        NodeHistory there = histories.get(shard.nodeId());
        double brought = there == null ? 0 : book.loadBrought(shard, there.pressure(), from, node);
        book.move(shard, from, node, reason, brought);
        if (reason != MoveReason.FAILED && reason != MoveReason.DRAINED) {
            memory.add(book.moves().get(book.moves().size() - 1), book.nowNanos());
        }
    }

    /** Builds the policy. */
    public static final class Builder {

        private double enterLoad = 0.85;
        private double leaveLoad = 0.7;
        private double degradedFactor = 2;
        private Duration dwell = Duration.ofSeconds(2);
        private Duration recoveryDwell = Duration.ofSeconds(5);
        private Duration leastStay = Duration.ofSeconds(5);
        private Duration returnAfter = Duration.ofMinutes(1);
        private int movesPerRound = 2;

        private Builder() {}

        /**
         * Sets above which load a node gives, and below which it has given enough; nodes take only what keeps them below the lower one.
         * Default: 0.85 and 0.7.
         *
         * @param enter above {@code leave}, up to 1
         * @param leave above 0
         * @return this
         */
        public Builder loads(double enter, double leave) {
            enterLoad = enter;
            leaveLoad = leave;
            return this;
        }

        /**
         * Sets how many times slower than usual a node is that counts as degraded. Default: 2.
         *
         * @param factor above 1
         * @return this
         */
        public Builder degradedFactor(double factor) {
            degradedFactor = factor;
            return this;
        }

        /**
         * Sets for how long a node has to be too busy or too slow before it gives, and how long it waits until it gives again. Forecasts
         * have to look further ahead than this. Default: 2 s.
         *
         * @param duration up to an hour
         * @return this
         */
        public Builder dwell(Duration duration) {
            dwell = duration;
            return this;
        }

        /**
         * Sets for how long a node has to be up before sessions that run take it up; twice as long each time it fails soon after.
         * Default: 5 s.
         *
         * @param duration up to an hour
         * @return this
         */
        public Builder recoveryDwell(Duration duration) {
            recoveryDwell = duration;
            return this;
        }

        /**
         * Sets how long a shard stays where it is before it moves on its own. Default: 5 s.
         *
         * @param duration up to an hour
         * @return this
         */
        public Builder leastStay(Duration duration) {
            leastStay = duration;
            return this;
        }

        /**
         * Sets for how long a shard does not return to a node that it left while that was up. Default: 1 min.
         *
         * @param duration up to a day
         * @return this
         */
        public Builder returnAfter(Duration duration) {
            returnAfter = duration;
            return this;
        }

        /**
         * Sets how many shards move in one round at most; those of nodes that are down do not count. Default: 2.
         *
         * @param moves above 0
         * @return this
         */
        public Builder movesPerRound(int moves) {
            movesPerRound = moves;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public SteadyRebalancePolicy build() {
            return new SteadyRebalancePolicy(this);
        }

        private SteadySettings settings() {
            Duration hour = Duration.ofHours(1);
            double enter = Checks.inRange("enterLoad", enterLoad, 0, 1);
            Checks.require(leaveLoad > 0 && leaveLoad < enter, "leaveLoad", leaveLoad, "above 0, below " + enter);
            Checks.require(degradedFactor > 1, "degradedFactor", degradedFactor, "> 1");
            return new SteadySettings(
                    enter,
                    leaveLoad,
                    degradedFactor,
                    Checks.duration("dwell", dwell, Duration.ZERO, hour),
                    Checks.duration("recoveryDwell", recoveryDwell, Duration.ZERO, hour),
                    Checks.duration("leastStay", leastStay, Duration.ZERO, hour),
                    Checks.duration("returnAfter", returnAfter, Duration.ZERO, Duration.ofDays(1)),
                    Checks.positive("movesPerRound", movesPerRound));
        }
    }
}
