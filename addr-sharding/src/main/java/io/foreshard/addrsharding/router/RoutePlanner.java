package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.prefix.PrefixAggregation;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.LargeCommunity;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes plans of what is allocated. Only confirmed shards are announced: what is pending, draining or cooling never is. The shards of a
 * subdivision that are of the same class are announced by the fewest prefixes that cover them and nothing else. Immutable, pure, any
 * thread.
 */
public final class RoutePlanner {

    private static final int FEWEST_PREFIXES = 16;

    private final RoutePlan base;
    private final Map<RouteClass, RouteAttributes> attributes;

    /**
     * Plans for one router.
     *
     * @param base the router, its neighbours and owned pools; what it announces is replaced
     * @param attributes what the routes of each class carry
     * @throws IllegalArgumentException if a class has no attributes
     */
    public RoutePlanner(RoutePlan base, Map<RouteClass, RouteAttributes> attributes) {
        for (RouteClass each : RouteClass.values()) {
            Checks.require(attributes.containsKey(each), "attributes", attributes.keySet(), "also " + each);
        }
        this.base = base;
        this.attributes = Map.copyOf(attributes);
    }

    /**
     * Returns attributes by which routers prefer live ranges to prefetched ones: a large community {@code AS:1:100} or {@code AS:1:200},
     * local preference 200 or 150, multi-exit discriminator 50 or 100.
     *
     * @param localAs defines the communities
     * @throws IllegalArgumentException if the autonomous system may not be used
     */
    public static Map<RouteClass, RouteAttributes> usualAttributes(long localAs) {
        return Map.of(
                RouteClass.LIVE, usual(localAs, 100, 200, 50),
                RouteClass.PREFETCHED, usual(localAs, 200, 150, 100));
    }

    private static RouteAttributes usual(long localAs, int mark, int localPreference, int med) {
        return RouteAttributes.marked(List.of(), List.of(new LargeCommunity(localAs, 1, mark)))
                .withLocalPreference(localPreference)
                .withMed(med);
    }

    /**
     * Returns how many prefixes a neighbour should accept of who has so many shards: twice as many, as each may be announced alone and a
     * change may add before it withdraws.
     *
     * @param shards at least 0
     */
    public static int maxPrefixes(int shards) {
        return (int) Math.max(FEWEST_PREFIXES, Math.min(2L * shards, 1_000_000));
    }

    /**
     * Returns what the router is to have.
     *
     * @param allocations all that are known, in any order
     * @param classes how much a confirmed shard matters
     * @throws io.foreshard.addrsharding.route.RoutePlanException if that violates a rule, such as a shard outside the owned pools
     */
    public RoutePlan plan(Collection<Allocation> allocations, Function<Allocation, RouteClass> classes) {
        Map<String, Map<RouteClass, List<Prefix>>> confirmed = new TreeMap<>();
        for (Allocation allocation : allocations) {
            if (allocation.kind() == AllocationKind.SHARD && allocation.status() == AllocationStatus.CONFIRMED) {
                confirmed
                        .computeIfAbsent(allocation.subdivision(), subdivision -> new TreeMap<>())
                        .computeIfAbsent(classes.apply(allocation), routeClass -> new ArrayList<>())
                        .add(allocation.prefix());
            }
        }
        List<Announcement> announcements = new ArrayList<>();
        confirmed
                .values()
                .forEach(byClass -> byClass.forEach((routeClass, prefixes) -> {
                    RouteAttributes carried = attributes.getOrDefault(routeClass, RouteAttributes.NONE);
                    for (Prefix prefix : PrefixAggregation.of(prefixes)) {
                        announcements.add(new Announcement(prefix, routeClass, carried));
                    }
                }));
        return base.announcing(announcements);
    }
}
