package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.RoutePlanException;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {

    private static final RoutePlanner PLANNER =
            new RoutePlanner(LabPlans.frr(), RoutePlanner.usualAttributes(LabPlans.FRR_AS));

    private static Allocation shard(String prefix, String subdivision, AllocationStatus status) {
        return new Allocation(
                AllocationKind.SHARD, Prefix.parse(prefix), subdivision, subdivision + prefix, status, 1, 0);
    }

    private static Allocation confirmed(String prefix, String subdivision) {
        return shard(prefix, subdivision, AllocationStatus.CONFIRMED);
    }

    private static List<String> announced(RoutePlan plan) {
        return plan.announcements().stream()
                .map(each -> each.prefix().toString())
                .toList();
    }

    @Test
    void onlyConfirmedShardsAreAnnounced() {
        List<Allocation> allocations = new ArrayList<>();
        int index = 0;
        for (AllocationStatus status : AllocationStatus.values()) {
            allocations.add(shard("10.64." + 2 * index++ + ".0/24", "blue", status));
        }
        allocations.add(new Allocation(
                AllocationKind.ADDRESS, Prefix.parse("10.64.200.1"), "blue", "vm", AllocationStatus.CONFIRMED, 1, 0));
        String expected = "10.64." + 2 * AllocationStatus.CONFIRMED.ordinal() + ".0/24";
        assertEquals(List.of(expected), announced(PLANNER.plan(allocations, each -> RouteClass.LIVE)));
    }

    @Test
    void shardsOfOneSubdivisionAndClassAreAnnouncedTogether() {
        List<Allocation> allocations = List.of(
                confirmed("10.64.0.0/24", "blue"),
                confirmed("10.64.1.0/24", "blue"),
                confirmed("10.64.2.0/24", "green"),
                confirmed("10.64.3.0/24", "blue"),
                confirmed("2001:db8:64::/64", "blue"),
                confirmed("2001:db8:64:1::/64", "blue"));
        RoutePlan plan = PLANNER.plan(allocations, each -> RouteClass.LIVE);
        assertEquals(List.of("10.64.0.0/23", "10.64.2.0/24", "10.64.3.0/24", "2001:db8:64::/63"), announced(plan));
    }

    @Test
    void classesCarryTheirOwnAttributes() {
        List<Allocation> allocations = List.of(confirmed("10.64.0.0/24", "blue"), confirmed("10.64.1.0/24", "blue"));
        RoutePlan plan = PLANNER.plan(
                allocations, each -> each.prefix().low() % 512 == 0 ? RouteClass.LIVE : RouteClass.PREFETCHED);
        Map<RouteClass, ?> usual = RoutePlanner.usualAttributes(LabPlans.FRR_AS);
        assertEquals(List.of("10.64.0.0/24", "10.64.1.0/24"), announced(plan));
        for (Announcement each : plan.announcements()) {
            assertEquals(usual.get(each.routeClass()), each.attributes());
        }
    }

    @Test
    void aShardOutsideTheOwnedPoolsIsRefused() {
        RoutePlanException refused = assertThrows(
                RoutePlanException.class,
                () -> PLANNER.plan(List.of(confirmed("10.99.0.0/24", "blue")), each -> RouteClass.LIVE));
        assertEquals("announcement: 10.99.0.0/24 (expected: within one of the owned pools)", refused.getMessage());
    }

    @Test
    void announcementsCoverExactlyWhatIsConfirmedWithTheFewestPrefixes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Prefix pool = Prefix.parse("10.64.0.0/16");
        for (int round = 0; round < 50; round++) {
            BitSet units = new BitSet(256);
            List<Allocation> allocations = new ArrayList<>();
            double share = random.nextDouble();
            for (int i = 0; i < 256; i++) {
                if (random.nextDouble() < share) {
                    units.set(i);
                    allocations.add(confirmed(pool.part(24, i).toString(), "blue"));
                }
            }
            Collections.shuffle(allocations, random);
            List<Announcement> announcements =
                    PLANNER.plan(allocations, each -> RouteClass.LIVE).announcements();
            BitSet covered = new BitSet(256);
            for (Announcement each : announcements) {
                int first = (int) pool.indexOf(each.prefix().part(24, 0));
                covered.set(first, first + (1 << (24 - each.prefix().length())));
            }
            assertEquals(units, covered, "seed " + seed);
            assertEquals(fewest(units, 0, 256), announcements.size(), "seed " + seed);
        }
    }

    private static int fewest(BitSet units, int from, int size) {
        int set = units.get(from, from + size).cardinality();
        if (set == 0 || set == size) {
            return set == 0 ? 0 : 1;
        }
        return fewest(units, from, size / 2) + fewest(units, from + size / 2, size / 2);
    }

    @Test
    void aNeighbourMayTakeTwiceTheShards() {
        assertEquals(16, RoutePlanner.maxPrefixes(0));
        assertEquals(10_000, RoutePlanner.maxPrefixes(5_000));
        assertTrue(RoutePlanner.maxPrefixes(Integer.MAX_VALUE) <= 1_000_000);
    }
}
