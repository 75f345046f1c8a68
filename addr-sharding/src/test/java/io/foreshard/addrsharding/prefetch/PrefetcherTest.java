package io.foreshard.addrsharding.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView.Stock;
import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrefetcherTest {

    private static final long STEP = 300_000;
    private static final int DAY = 288;
    private static final int BURST_AT = 100;
    private static final Stock EMPTY = new Stock(1, 100_000, 0, 0, 0);

    /** A few VMs at any time, and a hundred at once at the same time of each day. */
    private static List<PrefetchPlan> run(Prefetcher prefetcher, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PrefetchPlan> plans = new ArrayList<>();
        for (int step = 0; step < days * DAY; step++) {
            int count = random.nextInt(4) + (step % DAY == BURST_AT ? 100 : 0);
            plans.add(prefetcher.plan("web", step * STEP, EMPTY));
            prefetcher.demand("web", step * STEP + 60_000, count, 0);
            prefetcher.step((step + 1) * STEP);
        }
        return plans;
    }

    private static Prefetcher.Builder builder() {
        return Prefetcher.builder().hitRate(0.98).missCost(49).lead(Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    @Test
    void foreseesABurstThatComesEachDayAndKeepsLittleAtOtherTimes() {
        List<PrefetchPlan> plans = run(builder().build(), 14, 1);
        int predictive = 0;
        for (int day = 8; day < 14; day++) {
            PrefetchPlan burst = plans.get(day * DAY + BURST_AT);
            PrefetchPlan quiet = plans.get(day * DAY + BURST_AT + 60);
            if (burst.reason() == PrefetchReason.COVERS_FORECAST) {
                predictive++;
                assertTrue(burst.target() >= 90, "burst of day " + day + ": " + burst.explain());
            }
            assertTrue(quiet.target() <= 40, "quiet of day " + day + ": " + quiet.explain());
        }
        assertTrue(predictive >= 4, "predictive at " + predictive + " of 6 bursts");
    }

    @Test
    void neverPredictsWithTheGateHeldShut() {
        List<PrefetchPlan> plans = run(builder().gateMode(GateMode.SHUT).build(), 6, 2);
        assertTrue(plans.stream().noneMatch(plan -> plan.view().outlook().isPredictive()));
    }

    @Test
    void worksOnWithAForecasterThatTalksNonsense() {
        Prefetcher prefetcher = builder().forecasters(x -> new Nonsense()).build();
        for (PrefetchPlan plan : run(prefetcher, 6, 3)) {
            assertTrue(plan.target() <= 1000, plan.explain());
        }
    }

    @Test
    void theSameDemandGivesTheSamePlans() {
        assertEquals(run(builder().build(), 5, 4), run(builder().build(), 5, 4));
    }

    @Test
    void theLeadTimeFollowsMeasuredRefills() {
        Prefetcher prefetcher = builder().build();
        assertEquals(30_000, prefetcher.plan("web", 0, EMPTY).view().outlook().leadMillis());
        for (int i = 1; i <= 100; i++) {
            prefetcher.refilled("web", i * 1000L);
        }
        assertEquals(95_000, prefetcher.plan("web", 0, EMPTY).view().outlook().leadMillis());
    }

    @Test
    void missesRaiseTheStockUntilEnoughIsHit() {
        Prefetcher prefetcher = builder().gateMode(GateMode.SHUT).build();
        for (int step = 0; step < 50; step++) {
            prefetcher.demand("web", step * STEP, 10, 5);
            prefetcher.step((step + 1) * STEP);
        }
        assertTrue(prefetcher.plan("web", 50 * STEP, EMPTY).view().outlook().correction() > 1.5);
    }

    @Test
    void oneSubdivisionTooManyIsRefused() {
        Prefetcher prefetcher = builder().maxSubdivisions(1).build();
        prefetcher.demand("a", 0, 1, 0);
        assertThrows(IllegalStateException.class, () -> prefetcher.demand("b", 0, 1, 0));
    }

    @Test
    void theOneThatIsForgottenLeavesItsPlaceToAnother() {
        Prefetcher prefetcher = builder().maxSubdivisions(1).build();
        prefetcher.refilled("a", 200_000);
        prefetcher.forget("a");
        prefetcher.forget("never seen");
        prefetcher.demand("b", 0, 1, 0);
        assertThrows(IllegalStateException.class, () -> prefetcher.demand("a", 0, 1, 0));
        prefetcher.forget("b");
        assertEquals(30_000, prefetcher.plan("a", 0, EMPTY).view().outlook().leadMillis());
    }

    @Test
    void theFirstPlanOfAnUnknownSubdivisionIsEmptyAndReactive() {
        PrefetchPlan plan = builder().build().plan("new", 0, EMPTY);
        assertEquals(0, plan.target());
        assertFalse(plan.view().outlook().isPredictive());
    }

    private static final class Nonsense implements Forecaster {

        private int samples;

        @Override
        public void update(double sample) {
            samples++;
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] mean = new double[horizonSteps];
            java.util.Arrays.fill(mean, samples % 3 == 0 ? Double.NaN : samples % 3 == 1 ? -1e300 : 1e300);
            return new Forecast(mean, new double[] {0.5}, new double[][] {mean}, Double.NaN);
        }
    }
}
