package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.Community;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.LargeCommunity;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import io.foreshard.examples.harness.RouterLab;
import java.util.List;
import java.util.stream.Stream;

/** Plans of two routers that are neighbours of each other, each by a session for IPv4 and one for IPv6. */
final class LabPlans {

    static final long FRR_AS = 64512;
    static final long BIRD_AS = 64513;
    static final List<Prefix> FRR_POOLS = List.of(Prefix.parse("10.64.0.0/16"), Prefix.parse("2001:db8:64::/48"));
    static final List<Prefix> BIRD_POOLS = List.of(Prefix.parse("10.65.0.0/16"), Prefix.parse("2001:db8:65::/48"));

    private static final SessionTimers QUICK = new SessionTimers(1, 3, 1, false);

    private LabPlans() {}

    static RoutePlan frr(String... prefixes) {
        return plan(
                FRR_AS,
                RouterLab.FRR_IPV4,
                FRR_POOLS,
                neighbours("bird", BIRD_AS, RouterLab.BIRD_IPV4, RouterLab.BIRD_IPV6, BIRD_POOLS),
                prefixes);
    }

    static RoutePlan bird(String... prefixes) {
        return plan(
                BIRD_AS,
                RouterLab.BIRD_IPV4,
                BIRD_POOLS,
                neighbours("frr", FRR_AS, RouterLab.FRR_IPV4, RouterLab.FRR_IPV6, FRR_POOLS),
                prefixes);
    }

    private static RoutePlan plan(
            long as, String id, List<Prefix> pools, List<Neighbour> neighbours, String... prefixes) {
        List<Announcement> announcements = Stream.of(prefixes)
                .map(prefix -> new Announcement(Prefix.parse(prefix), RouteClass.LIVE, live(as)))
                .toList();
        return new RoutePlan(as, Prefix.parse(id), neighbours, announcements, pools);
    }

    static RouteAttributes live(long as) {
        return RouteAttributes.marked(List.of(new Community((int) as, 100)), List.of(new LargeCommunity(as, 1, 100)))
                .withMed(50)
                .withWeight(1000);
    }

    private static List<Neighbour> neighbours(String name, long as, String ipv4, String ipv6, List<Prefix> pools) {
        return List.of(neighbour(name + "-4", as, ipv4, pools), neighbour(name + "-6", as, ipv6, pools));
    }

    private static Neighbour neighbour(String name, long as, String address, List<Prefix> pools) {
        Prefix host = Prefix.parse(address);
        int longest = host.family() == AddressFamily.IPV4 ? 24 : 64;
        ImportRule[] rules = pools.stream()
                .filter(pool -> pool.family() == host.family())
                .map(pool -> ImportRule.of(new PrefixRange(pool, longest))
                        .marked(new LargeCommunity(as, 1, 100))
                        .preferred(200))
                .toArray(ImportRule[]::new);
        return Neighbour.of(name, host, as)
                .withTimers(QUICK)
                .withMaxPrefixes(20_000)
                .accepting(rules);
    }
}
