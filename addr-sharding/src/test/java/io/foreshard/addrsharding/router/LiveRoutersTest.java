package io.foreshard.addrsharding.router;

import static io.foreshard.addrsharding.router.LivePair.apply;
import static io.foreshard.addrsharding.router.LivePair.awaitTrue;
import static io.foreshard.addrsharding.router.LivePair.done;
import static io.foreshard.addrsharding.router.LivePair.seen;
import static io.foreshard.addrsharding.router.LivePair.sessionsAreUp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.Drift;
import io.foreshard.addrsharding.route.DriftReport;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.Withdrawal;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.RouterLab;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real routers in two network namespaces: FRR announces 10.64.0.0/16 and 2001:db8:64::/48, BIRD 10.65.0.0/16 and 2001:db8:65::/48. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class LiveRoutersTest {

    private final Cleanup cleanup = new Cleanup("live routers");
    private LivePair pair;
    private RouterLab lab;
    private FrrPush frr;
    private BirdPush bird;

    @BeforeAll
    void startRouters() throws IOException {
        pair = LivePair.start(cleanup);
        lab = pair.lab();
        frr = pair.frr();
        bird = pair.bird();
    }

    @AfterAll
    void stopRouters() {
        cleanup.close();
    }

    private static DriftReport drift(RouterWatch watch, RoutePlan plan) {
        return DriftReport.between(plan, LivePair.seen(watch, plan));
    }

    private boolean birdHas(String prefix) throws IOException {
        return pair.birdHas(prefix);
    }

    private boolean frrHas(String prefix) throws IOException {
        return pair.frrHas(prefix);
    }

    @Test
    void eachRouterUsesWhatTheOtherAnnouncesForBothFamilies() {
        apply(bird, LabPlans.bird("10.65.16.0/20", "2001:db8:65:1::/64"));
        apply(frr, LabPlans.frr("10.64.16.0/20", "2001:db8:64:1::/64"));
        awaitTrue(
                "FRR's kernel has the IPv4 route",
                () -> lab.kernelRoutesOfFrr(false).contains("10.65.16.0/20"));
        awaitTrue(
                "FRR's kernel has the IPv6 route",
                () -> lab.kernelRoutesOfFrr(true).contains("2001:db8:65:1::/64"));
        awaitTrue(
                "BIRD's kernel has the IPv4 route",
                () -> lab.kernelRoutesOfBird(false).contains("10.64.16.0/20"));
        awaitTrue(
                "BIRD's kernel has the IPv6 route",
                () -> lab.kernelRoutesOfBird(true).contains("2001:db8:64:1::/64"));
    }

    @Test
    void marksAndPreferencesArriveAtTheOther() throws IOException {
        apply(bird, LabPlans.bird("10.65.32.0/20"));
        apply(frr, LabPlans.frr("10.64.32.0/20"));
        awaitTrue("both have the route", () -> birdHas("10.64.32.0/20") && frrHas("10.65.32.0/20"));
        String atBird = lab.askBird("show route 10.64.32.0/20 all");
        assertTrue(atBird.contains("BGP.community: (64512,100)"), atBird);
        assertTrue(atBird.contains("BGP.large_community: (64512, 1, 100)"), atBird);
        assertTrue(atBird.contains("BGP.med: 50") && atBird.contains("BGP.local_pref: 200"), atBird);
        String atFrr = lab.askFrr("show bgp ipv4 unicast 10.65.32.0/20");
        assertTrue(atFrr.contains("Community: 64513:100") && atFrr.contains("Large Community: 64513:1:100"), atFrr);
        assertTrue(atFrr.contains("metric 50") && atFrr.contains("localpref 200"), atFrr);
    }

    @Test
    void aConfirmedPlanTakesThePlaceOfTheFile() throws IOException {
        apply(bird, LabPlans.bird("10.65.48.0/20"));
        apply(frr, LabPlans.frr("10.64.48.0/20"));
        assertEquals(new BirdDialect().render(LabPlans.bird("10.65.48.0/20")).text(), Files.readString(lab.birdFile()));
        assertEquals(new FrrDialect().render(LabPlans.frr("10.64.48.0/20")).text(), Files.readString(lab.frrFile()));
    }

    @Test
    void otherAttributesOfTheSameRangeArriveToo() {
        apply(bird, LabPlans.bird("10.65.64.0/20"));
        apply(frr, LabPlans.frr("10.64.64.0/20"));
        awaitTrue("both have the route", () -> birdHas("10.64.64.0/20") && frrHas("10.65.64.0/20"));
        apply(bird, withMed(LabPlans.bird("10.65.64.0/20"), 77));
        apply(frr, withMed(LabPlans.frr("10.64.64.0/20"), 88));
        awaitTrue(
                "FRR has the new one",
                () -> lab.askFrr("show bgp ipv4 unicast 10.65.64.0/20").contains("metric 77"));
        awaitTrue(
                "BIRD has the new one",
                () -> lab.askBird("show route 10.64.64.0/20 all").contains("BGP.med: 88"));
    }

    private static RoutePlan withMed(RoutePlan plan, long med) {
        return plan.announcing(plan.announcements().stream()
                .map(each -> new Announcement(
                        each.prefix(), each.routeClass(), each.attributes().withMed(med)))
                .toList());
    }

    @Test
    void aDrainingShardIsSeenWithdrawnByTheNeighbourBeforeItCools() {
        for (boolean isBird : new boolean[] {true, false}) {
            RoutePlan base = isBird ? LabPlans.bird() : LabPlans.frr();
            Prefix shard = Prefix.parse(isBird ? "10.65.80.0/24" : "10.64.80.0/24");
            RouteAttributes live = LabPlans.live(base.localAs());
            RoutePlanner planner = new RoutePlanner(base, Map.of(RouteClass.LIVE, live, RouteClass.PREFETCHED, live));
            RoutePlan with = planner.plan(List.of(shard(shard, AllocationStatus.CONFIRMED)), each -> RouteClass.LIVE);
            RoutePlan without = planner.plan(List.of(shard(shard, AllocationStatus.DRAINING)), each -> RouteClass.LIVE);
            RouterPush push = isBird ? bird : frr;
            RouterWatch watch = isBird ? bird : frr;

            apply(push, with);
            awaitTrue("the other has " + shard, () -> isBird ? frrHas(shard.toString()) : birdHas(shard.toString()));
            Withdrawal draining = Withdrawal.of(shard).applied(with).seen(with, seen(watch, with));
            assertInstanceOf(Withdrawal.Draining.class, draining);

            apply(push, without);
            Withdrawal told = draining.applied(without);
            assertInstanceOf(Withdrawal.Told.class, told);
            awaitTrue(
                    "the router no longer sends " + shard,
                    () -> told.seen(without, seen(watch, without)) instanceof Withdrawal.Withdrawn);
            awaitTrue(
                    "the other no longer has " + shard,
                    () -> isBird ? !frrHas(shard.toString()) : !birdHas(shard.toString()));
        }
    }

    private static Allocation shard(Prefix prefix, AllocationStatus status) {
        return new Allocation(AllocationKind.SHARD, prefix, "blue", "handle", status, 1, 0);
    }

    @Test
    void driftOfFrrIsFoundAndRepaired() throws IOException {
        RoutePlan plan = LabPlans.frr("10.64.96.0/20", "10.64.112.0/20", "2001:db8:64:6::/64");
        apply(frr, plan);
        awaitTrue("no drift", () -> drift(frr, plan).isClean());
        String map = lab.askFrr("show running-config")
                .lines()
                .filter(line -> line.contains("network 10.64.96.0/20"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                lab.frrSockets().resolve("drift.txt"),
                String.join(
                        "\n",
                        "router bgp 64512",
                        " address-family ipv4 unicast",
                        "  no network 10.64.112.0/20",
                        "  network 10.64.200.0/24 route-map " + map,
                        " exit-address-family",
                        "exit",
                        "route-map " + map + " permit 10",
                        " set metric 9",
                        " set community 64512:666",
                        "exit",
                        ""));
        io.foreshard.examples.harness.Commands.run(
                "vtysh",
                "--vty_socket",
                lab.frrSockets().toString(),
                "-f",
                lab.frrSockets().resolve("drift.txt").toString());
        Drift otherMed = new Drift.Changed("bird-4", Prefix.parse("10.64.96.0/20"), "med", "50", "9");
        awaitTrue(
                "the router sends another discriminator",
                () -> drift(frr, plan).drifts().contains(otherMed));
        awaitTrue("the other has what was not planned", () -> birdHas("10.64.200.0/24"));
        List<Drift> drifts = drift(frr, plan).drifts();
        assertTrue(drifts.contains(new Drift.Missing("bird-4", Prefix.parse("10.64.112.0/20"))), drifts::toString);
        assertTrue(drifts.contains(new Drift.Unplanned("bird-4", Prefix.parse("10.64.200.0/24"))), drifts::toString);
        assertTrue(
                drifts.stream()
                        .anyMatch(each -> each instanceof Drift.Changed changed
                                && changed.attribute().equals("communities")),
                drifts::toString);

        apply(frr, plan);
        awaitTrue("no drift any more", () -> drift(frr, plan).isClean());
        awaitTrue(
                "the other has the discriminator again",
                () -> lab.askBird("show route 10.64.96.0/20 all").contains("BGP.med: 50"));
        awaitTrue(
                "the other has no more than was planned",
                () -> !birdHas("10.64.200.0/24") && birdHas("10.64.112.0/20"));
    }

    @Test
    void driftOfBirdIsFoundAndRepaired() throws IOException {
        RoutePlan plan = LabPlans.bird("10.65.96.0/20", "2001:db8:65:6::/64");
        apply(bird, plan);
        awaitTrue("no drift", () -> drift(bird, plan).isClean());
        RoutePlan other = withMed(LabPlans.bird("10.65.96.0/20", "10.65.200.0/24"), 9);
        Files.writeString(
                lab.frrSockets().resolve("drift.conf"),
                new BirdDialect().render(other).text());
        assertTrue(lab.askBird("configure \"" + lab.frrSockets().resolve("drift.conf") + "\"")
                .contains("Reconfigured"));
        awaitTrue("the other has what was not planned", () -> frrHas("10.65.200.0/24"));
        List<Drift> drifts = drift(bird, plan).drifts();
        assertTrue(drifts.contains(new Drift.Missing("frr-6", Prefix.parse("2001:db8:65:6::/64"))), drifts::toString);
        assertTrue(drifts.contains(new Drift.Unplanned("frr-4", Prefix.parse("10.65.200.0/24"))), drifts::toString);
        assertTrue(
                drifts.contains(new Drift.Changed("frr-4", Prefix.parse("10.65.96.0/20"), "med", "50", "9")),
                drifts::toString);

        apply(bird, plan);
        awaitTrue("no drift any more", () -> drift(bird, plan).isClean());
        awaitTrue("the other has no more than was planned", () -> !frrHas("10.65.200.0/24"));
    }

    @Test
    void aPlanByWhichASessionIsLostIsRolledBackByBird() throws IOException {
        RoutePlan good = LabPlans.bird("10.65.128.0/20");
        apply(bird, good);
        List<Neighbour> strangers = good.neighbours().stream()
                .map(each -> Neighbour.of(each.name(), each.address(), 64999).withTimers(each.timers()))
                .toList();
        RoutePlan bad = new RoutePlan(good.localAs(), good.routerId(), strangers, good.announcements(), good.owned());
        assertInstanceOf(PushOutcome.RolledBack.class, done(bird.push(bad)));
        assertEquals(new BirdDialect().render(good).text(), Files.readString(lab.birdFile()));
        awaitTrue("the sessions are back", () -> sessionsAreUp(bird, good));
        awaitTrue("FRR has the route again", () -> frrHas("10.65.128.0/20"));
        assertFalse(Files.exists(lab.birdFile().resolveSibling("bird.conf.candidate")));
    }
}
