package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.route.Withdrawal;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouteTable;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.addrsharding.spi.WithdrawalWatch;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routers that announce the same shards, as one: tells each its plan, and looks whether ranges are really withdrawn. Give both to the engine:
 *
 * <pre>{@code
 * .routers(group::announce).withdrawalWatch(group)
 * }</pre>
 *
 * <p>A range counts as withdrawn when no router that is looked at sends it to any neighbour, all its sessions being there, and no table has
 * a route to it. Of routers that cannot be looked at, their word is enough. Safe for use by several threads.
 */
public final class RouterGroup implements WithdrawalWatch {

    private static final int MOST_AT_ONCE = 256;

    private final List<Router> routers;
    private final List<RouteTable> tables;
    private final Function<Allocation, RouteClass> classes;

    private RouterGroup(Builder builder) {
        Checks.require(!builder.routers.isEmpty(), "routers", "none", "at least one");
        routers = List.copyOf(builder.routers);
        tables = List.copyOf(builder.tables);
        classes = builder.classes;
    }

    /** Returns a builder without routers. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells all routers.
     *
     * @param shards all that are known; those that are confirmed are announced
     * @return completes with the worst outcome, never exceptionally; a plan that violates a rule counts as refused, any other failure as
     *     unreachable
     */
    public CompletionStage<PushOutcome> announce(Collection<Allocation> shards) {
        return each(router -> router.push(shards, classes), RouterGroup::worse);
    }

    private static PushOutcome worse(PushOutcome one, PushOutcome other) {
        return badness(one) >= badness(other) ? one : other;
    }

    private static int badness(PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Applied) {
            return 0;
        }
        if (outcome instanceof PushOutcome.Refused) {
            return 1;
        }
        return outcome instanceof PushOutcome.RolledBack ? 2 : 3;
    }

    /** {@inheritDoc} Looks for the first 256 only; others are asked for again. */
    @Override
    public CompletionStage<Set<Prefix>> withdrawn(Set<Prefix> prefixes) {
        Set<Prefix> asked = prefixes.stream().sorted().limit(MOST_AT_ONCE).collect(Collectors.toUnmodifiableSet());
        return each(router -> router.withdrawn(asked), RouterGroup::inBoth).thenCompose(this::inNoTable);
    }

    private static Set<Prefix> inBoth(Set<Prefix> one, Set<Prefix> other) {
        Set<Prefix> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    /** Tables are looked at last: neighbours hear of it last. */
    private CompletionStage<Set<Prefix>> inNoTable(Set<Prefix> withdrawn) {
        CompletionStage<Set<Prefix>> left = CompletableFuture.completedFuture(withdrawn);
        for (RouteTable table : tables) {
            left = left.thenCompose(some -> some.isEmpty()
                    ? CompletableFuture.completedFuture(some)
                    : table.present(some).thenApply(present -> without(some, present)));
        }
        return left;
    }

    private static Set<Prefix> without(Set<Prefix> some, Set<Prefix> present) {
        Set<Prefix> rest = new HashSet<>(some);
        rest.removeAll(present);
        return rest;
    }

    private <T> CompletionStage<T> each(Function<Router, CompletionStage<T>> ask, BinaryOperator<T> merge) {
        List<CompletionStage<T>> answers = routers.stream().map(ask).toList();
        CompletionStage<T> all = answers.get(0);
        for (CompletionStage<T> answer : answers.subList(1, answers.size())) {
            all = all.thenCombine(answer, merge);
        }
        return all;
    }

    private static final class Router {

        private final RoutePlanner planner;
        private final RouterPush push;
        private final @Nullable RouterWatch watch;
        private long pushes;
        private long appliedPush;
        private @Nullable RoutePlan applied;

        Router(RoutePlanner planner, RouterPush push, @Nullable RouterWatch watch) {
            this.planner = planner;
            this.push = push;
            this.watch = watch;
        }

        CompletionStage<PushOutcome> push(Collection<Allocation> shards, Function<Allocation, RouteClass> classes) {
            try {
                return push(planner.plan(shards, classes)).exceptionally(PushOutcome::failed);
            } catch (RuntimeException failure) {
                // The other routers are told all the same.
                return CompletableFuture.completedFuture(PushOutcome.failed(failure));
            }
        }

        private CompletionStage<PushOutcome> push(RoutePlan plan) {
            long number = next();
            return push.push(plan).thenApply(outcome -> {
                if (outcome instanceof PushOutcome.Applied) {
                    applied(number, plan);
                }
                return outcome;
            });
        }

        private synchronized long next() {
            return ++pushes;
        }

        private synchronized void applied(long number, RoutePlan plan) {
            if (number > appliedPush) {
                appliedPush = number;
                applied = plan;
            }
        }

        private synchronized @Nullable RoutePlan plan() {
            return applied;
        }

        CompletionStage<Set<Prefix>> withdrawn(Set<Prefix> asked) {
            RoutePlan plan = plan();
            if (plan == null) {
                return CompletableFuture.completedFuture(Set.of());
            }
            return watch == null
                    ? CompletableFuture.completedFuture(withdrawn(asked, plan, null))
                    : watch.observe(plan)
                            .thenApply(observation -> observation instanceof Observation.Seen seen
                                    ? withdrawn(asked, plan, seen.sessions())
                                    : Set.of());
        }

        private static Set<Prefix> withdrawn(Set<Prefix> asked, RoutePlan plan, @Nullable List<SessionState> sessions) {
            return asked.stream()
                    .filter(prefix -> {
                        Withdrawal told = Withdrawal.of(prefix).applied(plan);
                        return sessions == null
                                ? told instanceof Withdrawal.Told
                                : told.seen(plan, sessions) instanceof Withdrawal.Withdrawn;
                    })
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Describes the routers. Not safe for use by several threads. */
    public static final class Builder {

        private final List<Router> routers = new ArrayList<>();
        private final List<RouteTable> tables = new ArrayList<>();
        private Function<Allocation, RouteClass> classes = shard -> RouteClass.LIVE;

        private Builder() {}

        /**
         * Adds a router that is looked at, such as one of BIRD or FRR.
         *
         * @param planner makes its plans
         * @param router tells it, and looks at it
         * @return this
         * @param <T> both
         */
        public <T extends RouterPush & RouterWatch> Builder router(RoutePlanner planner, T router) {
            routers.add(new Router(planner, router, router));
            return this;
        }

        /**
         * Adds a router that cannot be looked at, such as one that reads a file.
         *
         * @param planner makes its plans
         * @param push tells it
         * @return this
         */
        public Builder unwatched(RoutePlanner planner, RouterPush push) {
            routers.add(new Router(planner, push, null));
            return this;
        }

        /**
         * Adds the table of somebody who is sent routes.
         *
         * @param table asked after routers send a range no more
         * @return this
         */
        public Builder table(RouteTable table) {
            tables.add(table);
            return this;
        }

        /**
         * Sets how much a shard matters. Default: all are live.
         *
         * @param matters pure
         * @return this
         */
        public Builder classes(Function<Allocation, RouteClass> matters) {
            classes = matters;
            return this;
        }

        /**
         * Makes it.
         *
         * @throws IllegalArgumentException if there is no router
         */
        public RouterGroup build() {
            return new RouterGroup(this);
        }
    }
}
