package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.List;

/**
 * How a range is taken back: first no plan announces it, then a router has such a plan, then the router is seen to send it to nobody. Only
 * then may the range cool down and become free. Each step is a value; the next comes from what happened. A pure function of both.
 */
public sealed interface Withdrawal {

    /** Returns which range. */
    Prefix prefix();

    /**
     * Begins.
     *
     * @param prefix of a shard that is draining
     */
    static Withdrawal of(Prefix prefix) {
        return new Draining(prefix);
    }

    /**
     * A router has taken a plan.
     *
     * @param plan which
     */
    Withdrawal applied(RoutePlan plan);

    /**
     * A router has been looked at.
     *
     * @param plan what it should have
     * @param sessions what it says
     */
    Withdrawal seen(RoutePlan plan, List<SessionState> sessions);

    /**
     * Routers may announce it.
     *
     * @param prefix which range
     */
    record Draining(Prefix prefix) implements Withdrawal {

        @Override
        public Withdrawal applied(RoutePlan plan) {
            boolean isAnnounced =
                    plan.announcements().stream().anyMatch(each -> each.prefix().overlaps(prefix));
            return isAnnounced ? this : new Told(prefix);
        }

        @Override
        public Withdrawal seen(RoutePlan plan, List<SessionState> sessions) {
            return this;
        }
    }

    /**
     * The router has a plan without it, but was not looked at since.
     *
     * @param prefix which range
     */
    record Told(Prefix prefix) implements Withdrawal {

        @Override
        public Withdrawal applied(RoutePlan plan) {
            return new Draining(prefix).applied(plan);
        }

        /** Stays where it is while a session is down: with graceful restart, its neighbour may still have the route (RFC 4724). */
        @Override
        public Withdrawal seen(RoutePlan plan, List<SessionState> sessions) {
            boolean isKnown = plan.neighbours().stream()
                    .allMatch(neighbour -> sessions.stream()
                            .anyMatch(session -> session.isEstablished()
                                    && session.neighbour().equals(neighbour.name())));
            boolean isSent = sessions.stream()
                    .flatMap(session -> session.sent().stream())
                    .anyMatch(route -> route.prefix().overlaps(prefix));
            return isKnown && !isSent ? new Withdrawn(prefix) : this;
        }
    }

    /**
     * No neighbour is sent it: it may cool down.
     *
     * @param prefix which range
     */
    record Withdrawn(Prefix prefix) implements Withdrawal {

        @Override
        public Withdrawal applied(RoutePlan plan) {
            return new Draining(prefix).applied(plan) instanceof Draining announced ? announced : this;
        }

        @Override
        public Withdrawal seen(RoutePlan plan, List<SessionState> sessions) {
            return this;
        }
    }
}
