package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import io.foreshard.addrsharding.router.RoutePlanner;
import io.foreshard.examples.harness.RouterLab;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Plans of two routers that are neighbours; each announces every other range of 256 addresses, so that none can be merged. */
final class LabPlans {

    private static final long FRR_AS = 64512;
    private static final long BIRD_AS = 64513;
    private static final Prefix FRR_POOL = Prefix.parse("10.64.0.0/10");
    private static final Prefix BIRD_POOL = Prefix.parse("10.128.0.0/10");
    private static final int LENGTH = 24;
    private static final int MOST_SHARDS = 8_000;
    private static final SessionTimers TIMERS = new SessionTimers(1, 30, 1, false);

    private LabPlans() {}

    static RoutePlan frr(int first, int count) {
        Neighbour bird = Neighbour.of("bird", Prefix.parse(RouterLab.BIRD_IPV4), BIRD_AS);
        return plan(FRR_AS, RouterLab.FRR_IPV4, accepting(bird, BIRD_POOL), FRR_POOL, first, count);
    }

    static RoutePlan bird(int first, int count) {
        Neighbour frr = Neighbour.of("frr", Prefix.parse(RouterLab.FRR_IPV4), FRR_AS);
        return plan(BIRD_AS, RouterLab.BIRD_IPV4, accepting(frr, FRR_POOL), BIRD_POOL, first, count);
    }

    private static Neighbour accepting(Neighbour neighbour, Prefix pool) {
        return neighbour
                .accepting(ImportRule.of(new PrefixRange(pool, LENGTH)))
                .withMaxPrefixes(RoutePlanner.maxPrefixes(MOST_SHARDS))
                .withTimers(TIMERS);
    }

    private static RoutePlan plan(long as, String id, Neighbour neighbour, Prefix pool, int first, int count) {
        RouteAttributes attributes =
                Objects.requireNonNull(RoutePlanner.usualAttributes(as).get(RouteClass.LIVE));
        List<Announcement> announcements = IntStream.range(first, first + count)
                .mapToObj(i -> new Announcement(pool.part(LENGTH, 2L * i), RouteClass.LIVE, attributes))
                .toList();
        return new RoutePlan(as, Prefix.parse(id), List.of(neighbour), announcements, List.of(pool));
    }

    static String prefix(RoutePlan plan, int index) {
        return plan.announcements().get(index).prefix().toString();
    }
}
