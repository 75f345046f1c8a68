package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.ImportRule;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.PrefixRange;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionTimers;
import io.foreshard.addrsharding.router.RoutePlanner;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.examples.harness.RouterLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What routers are to announce, for either of two makes; the other is the neighbour. Stateless. */
final class Routing {

    static final String FRR_FILE = "frr.conf";
    static final String BIRD_FILE = "bird.conf";

    private static final long FRR_AS = 64512;
    private static final long BIRD_AS = 64513;
    private static final int MOST_ROUTES = 10_000;
    private static final SessionTimers TIMERS = new SessionTimers(1, 30, 1, false);

    private Routing() {}

    /** Returns what FRR announces. */
    static RoutePlan frr(List<Allocation> shards) {
        List<Neighbour> birds = List.of(
                Neighbour.of("bird4", Prefix.parse(RouterLab.BIRD_IPV4), BIRD_AS)
                        .withTimers(TIMERS),
                Neighbour.of("bird6", Prefix.parse(RouterLab.BIRD_IPV6), BIRD_AS)
                        .withTimers(TIMERS));
        return planned(
                new RoutePlan(FRR_AS, Prefix.parse(RouterLab.FRR_IPV4), birds, List.of(), Settings.POOLS), shards);
    }

    /** Returns the same for BIRD. */
    static RoutePlan bird(List<Allocation> shards) {
        List<Neighbour> frrs = List.of(
                Neighbour.of("frr4", Prefix.parse(RouterLab.FRR_IPV4), FRR_AS).withTimers(TIMERS),
                Neighbour.of("frr6", Prefix.parse(RouterLab.FRR_IPV6), FRR_AS).withTimers(TIMERS));
        return planned(
                new RoutePlan(BIRD_AS, Prefix.parse(RouterLab.BIRD_IPV4), frrs, List.of(), Settings.POOLS), shards);
    }

    private static RoutePlan planned(RoutePlan base, List<Allocation> shards) {
        return new RoutePlanner(base, RoutePlanner.usualAttributes(base.localAs()))
                .plan(shards, unused -> RouteClass.LIVE);
    }

    /** Returns a router that announces nothing, and accepts what the other does. */
    static RoutePlan listening(RoutePlan silent) {
        List<Neighbour> accepting = silent.neighbours().stream()
                .map(each -> {
                    Prefix pool = each.families().contains(Settings.IPV4_POOL.family())
                            ? Settings.IPV4_POOL
                            : Settings.IPV6_POOL;
                    return each.withMaxPrefixes(MOST_ROUTES)
                            .accepting(ImportRule.of(new PrefixRange(pool, Settings.shardLength(pool.family()))));
                })
                .toList();
        return new RoutePlan(silent.localAs(), silent.routerId(), accepting, List.of(), List.of());
    }

    /** Writes the file of either make. */
    static void write(List<Allocation> shards, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(FRR_FILE), new FrrDialect().render(frr(shards)).text());
        Files.writeString(
                folder.resolve(BIRD_FILE),
                new BirdDialect().render(bird(shards)).text());
    }
}
