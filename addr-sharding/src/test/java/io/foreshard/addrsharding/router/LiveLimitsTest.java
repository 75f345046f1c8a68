package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.route.Drift;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.RoutePlanException;
import io.foreshard.addrsharding.route.RouteProblem.Rule;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.examples.harness.Cleanup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real routers that are sent more routes than they take: the session ends, and stays down until somebody acts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class LiveLimitsTest {

    private final Cleanup cleanup = new Cleanup("live limits");
    private LivePair pair;

    @BeforeAll
    void startRouters() throws IOException {
        pair = LivePair.start(cleanup);
    }

    @AfterAll
    void stopRouters() {
        cleanup.close();
    }

    @Test
    void birdEndsTheSessionAtOneRouteMoreThanItTakesAndBothSidesReportIt() {
        RoutePlan birds = with(LabPlans.bird(), each -> each.withMaxPrefixes(3));
        LivePair.apply(pair.bird(), birds);
        RoutePlan three = LabPlans.frr(ranges("10.64.", 3));
        LivePair.apply(pair.frr(), three);
        LivePair.awaitTrue("BIRD has all three", () -> pair.birdHas("10.64.2.0/24"));
        assertEquals(Optional.empty(), down(pair.frr(), three, "bird-4"));

        RoutePlan four = LabPlans.frr(ranges("10.64.", 4));
        LivePair.apply(pair.frr(), four);
        LivePair.awaitTrue(
                "FRR reports it", () -> down(pair.frr(), four, "bird-4").isPresent());
        LivePair.awaitTrue(
                "BIRD reports it and says why",
                () -> down(pair.bird(), birds, "frr-4").orElse("").contains("Route limit exceeded"));
    }

    /**
     * FRR lets one more pass at the very edge, so it is sent more. Whether BIRD sees the end of the session during its trial, and goes back
     * to its plan before, or after it, is chance; FRR keeps the session down either way.
     */
    @Test
    void frrEndsTheSessionThatItIsSentTooMuchByAndSaysWhy() {
        LivePair.apply(pair.frr(), with(LabPlans.frr(), each -> each.withMaxPrefixes(2)));
        RoutePlan five = LabPlans.bird(IntStream.range(0, 5)
                .mapToObj(i -> "2001:db8:65:" + i + "::/64")
                .toArray(String[]::new));
        PushOutcome outcome = LivePair.done(pair.bird().push(five));
        assertTrue(
                outcome instanceof PushOutcome.Applied || outcome instanceof PushOutcome.RolledBack, outcome::toString);
        LivePair.awaitTrue(
                "FRR reports it and says why",
                () -> down(pair.frr(), LabPlans.frr(), "bird-6").orElse("").contains("PfxCt"));
        LivePair.awaitTrue(
                "BIRD reports it", () -> down(pair.bird(), five, "frr-6").isPresent());
    }

    @Test
    void aPlanThatANeighbourWouldNotTakeIsNotEvenMade() {
        RoutePlan three = LabPlans.frr(ranges("10.64.", 3));
        RoutePlan limited = with(three, each -> each.withPeerMaxPrefixes(3));
        assertEquals(3, limited.announcements().size());
        RoutePlan four = LabPlans.frr(ranges("10.64.", 4));
        RoutePlanException refused =
                assertThrows(RoutePlanException.class, () -> limited.announcing(four.announcements()));
        assertEquals(Rule.WITHIN_PEER_LIMITS, refused.problems().get(0).rule());
        assertTrue(refused.getMessage().contains("at most 3, which bird-4 takes"), refused.getMessage());
    }

    private Optional<String> down(RouterWatch watch, RoutePlan plan, String neighbour) {
        return pair.drifts(watch, plan).stream()
                .filter(Drift.SessionDown.class::isInstance)
                .map(Drift.SessionDown.class::cast)
                .filter(each -> each.neighbour().equals(neighbour))
                .map(Drift.SessionDown::detail)
                .findFirst();
    }

    private static String[] ranges(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i + ".0/24").toArray(String[]::new);
    }

    private static RoutePlan with(RoutePlan plan, UnaryOperator<Neighbour> change) {
        List<Neighbour> neighbours = plan.neighbours().stream().map(change).toList();
        return new RoutePlan(plan.localAs(), plan.routerId(), neighbours, plan.announcements(), plan.owned());
    }
}
