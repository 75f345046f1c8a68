package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.FlowDemand;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.LegCapacity;
import io.foreshard.flowsharder.spi.PlanReason;
import io.foreshard.simulator.Property;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileFlowPlannerTest {

    private static final double UNKNOWN = Double.NaN;
    private static final long LONG_NANOS = 3_600_000_000_000L;

    private final FlowPlanner planner = QuantileFlowPlanner.builder().build();

    @Test
    void takesTheFewestLegsThatCoverWhatIsCarried() {
        assertEquals(plan(3, PlanReason.COVERS_OBSERVED), planner.plan(demand(1, 0, 2.1, false, UNKNOWN, legs(8))));
        assertEquals(plan(1, PlanReason.COVERS_OBSERVED), planner.plan(demand(1, 0, 0.8, false, UNKNOWN, legs(8))));
    }

    @Test
    void takesAsManyAsTheForecastAsksFor() {
        assertEquals(plan(5, PlanReason.COVERS_FORECAST), planner.plan(demand(1, 0, 0.8, false, 4, legs(8))));
    }

    @Test
    void countsWhatALegWillSurelyCarryAndNotItsMean() {
        List<LegCapacity> legs = IntStream.range(0, 8)
                .mapToObj(i -> new LegCapacity("n" + i, 2, 0.5, ""))
                .toList();
        assertEquals(plan(3, PlanReason.COVERS_OBSERVED), planner.plan(demand(1, 0, 1.2, false, UNKNOWN, legs)));
    }

    @Test
    void neverTakesTwoLegsBehindOneBottleneck() {
        List<LegCapacity> legs = List.of(leg("a"), leg("a"), leg("b"), leg("b"), leg("b"));
        assertEquals(plan(2, PlanReason.NO_OTHER_BOTTLENECK), planner.plan(demand(1, 0, 4, false, UNKNOWN, legs)));
        assertEquals(plan(2, PlanReason.NO_OTHER_BOTTLENECK), planner.plan(demand(5, 0, 4, true, UNKNOWN, legs)));
    }

    @Test
    void neverTakesMoreThanAFlowMayHave() {
        assertEquals(plan(8, PlanReason.CAPPED), planner.plan(demand(1, 0, 40, false, UNKNOWN, legs(20))));
    }

    @Test
    void takesOneMoreWhenTheSourceWaitsForLongEnough() {
        assertEquals(plan(2, PlanReason.KEPT), planner.plan(demand(2, 0, 1, true, UNKNOWN, legs(8))));
        assertEquals(plan(3, PlanReason.SOURCE_WAITS), planner.plan(demand(2, LONG_NANOS, 1, true, UNKNOWN, legs(8))));
    }

    @Test
    void givesANewFlowWhatIsConfiguredAndKeepsWhatItHasWhenNothingIsKnown() {
        assertEquals(plan(2, PlanReason.UNKNOWN), planner.plan(demand(0, 0, UNKNOWN, false, UNKNOWN, legs(8))));
        List<LegCapacity> unknown = List.of(new LegCapacity("n0", UNKNOWN, UNKNOWN, ""));
        assertEquals(plan(1, PlanReason.UNKNOWN), planner.plan(demand(1, 0, 5, false, UNKNOWN, unknown)));
    }

    @Test
    void keepsMoreShardsUntilFewerHaveBeenEnoughForLong() {
        assertEquals(plan(4, PlanReason.KEPT), planner.plan(demand(4, 0, 1, false, UNKNOWN, legs(8))));
        assertEquals(
                plan(2, PlanReason.COVERS_OBSERVED), planner.plan(demand(4, LONG_NANOS, 1, false, UNKNOWN, legs(8))));
    }

    @Test
    void doesNotSwingWhenDemandSwingsALittle() {
        Property.named("shard counts do not swing with small swings of demand").check((random, size) -> {
            double level = 0.2 + 5 * random.nextDouble();
            int count = 0;
            int changes = 0;
            for (int round = 0; round < 50; round++) {
                double rate = level * (0.93 + 0.14 * random.nextDouble());
                int next = planner.plan(demand(count, LONG_NANOS, rate, false, UNKNOWN, legs(8)))
                        .count();
                changes += next == count ? 0 : 1;
                count = next;
            }
            assertTrue(changes <= 2, "changes: " + changes + " at level " + level);
        });
    }

    private static FlowPlan plan(int count, PlanReason reason) {
        return new FlowPlan(count, reason);
    }

    private static FlowDemand demand(
            int current, long unchangedNanos, double observed, boolean isLimited, double high, List<LegCapacity> legs) {
        return new FlowDemand(current, unchangedNanos, observed, isLimited, high, legs);
    }

    private static List<LegCapacity> legs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LegCapacity("n" + i, 1, 1, ""))
                .toList();
    }

    private static LegCapacity leg(String bottleneck) {
        return new LegCapacity("n", 1, 1, bottleneck);
    }
}
