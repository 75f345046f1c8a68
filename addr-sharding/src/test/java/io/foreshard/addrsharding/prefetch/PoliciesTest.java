package io.foreshard.addrsharding.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.DemandOutlook;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.addrsharding.spi.PrefetchView.Stock;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static final long STEP = 300_000;

    private static PrefetchView view(Stock stock, double recent, List<Double> needs, double correction, double vms) {
        return new PrefetchView(
                "web", 1000, stock, new DemandOutlook(60_000, STEP, STEP, 0.99, recent, needs, correction, vms, ""));
    }

    private static Stock stock(int shards, int warm, int ordered, int backlog) {
        return new Stock(shards, 1000, warm, ordered, backlog);
    }

    @Test
    void theSpecifiedRuleGivesEachShardTheRoundedPart() {
        PrefetchPlan plan = new SpecifiedPrefetch().plan(view(stock(3, 0, 0, 0), 0, List.of(), 1, 100));
        assertEquals(99, plan.order());
        assertEquals(33, plan.targetOfShard(2));
        assertEquals(PrefetchReason.SPECIFIED, plan.reason());
    }

    @Test
    void withoutShardsNothingIsKeptByAnyPolicy() {
        PrefetchView view = view(stock(0, 0, 0, 5), 10, List.of(10.0), 1, 100);
        for (PrefetchPlan plan : List.of(
                new SpecifiedPrefetch().plan(view),
                new ReactivePrefetch(4, 1).plan(view),
                QuantilePrefetch.builder().build().plan(view))) {
            assertEquals(0, plan.target());
            assertEquals(PrefetchReason.NO_SHARDS, plan.reason());
            assertEquals(0, plan.targetOfShard(0));
        }
    }

    @Test
    void theSpecifiedRuleKeepsNothingWhileTheCountIsUnknown() {
        PrefetchPlan plan = new SpecifiedPrefetch().plan(view(stock(2, 7, 0, 0), 0, List.of(), 1, Double.NaN));
        assertEquals(PrefetchReason.UNKNOWN, plan.reason());
        assertEquals(7, plan.release());
    }

    @Test
    void ordersWhatForecastAndBacklogAskForBeyondWhatIsThere() {
        PrefetchPlan plan =
                QuantilePrefetch.builder().build().plan(view(stock(1, 10, 5, 3), 99, List.of(20.0, 500.0), 1.5, 0));
        assertEquals(33, plan.target());
        assertEquals(18, plan.order());
        assertEquals(PrefetchReason.BACKLOG, plan.reason());
    }

    @Test
    void looksAsFarAheadAsARefillThatIsOrderedAtTheNextLookTakes() {
        DemandOutlook outlook = new DemandOutlook(60_000, STEP, STEP, 0.99, 0, List.of(20.0, 500.0, 9.0), 1, 0, "");
        QuantilePrefetch policy = QuantilePrefetch.builder().build();
        assertEquals(
                20,
                policy.plan(new PrefetchView("a", 180_000, stock(1, 0, 0, 0), outlook))
                        .target());
        assertEquals(
                500,
                policy.plan(new PrefetchView("a", 180_001, stock(1, 0, 0, 0), outlook))
                        .target());
    }

    @Test
    void looksToTheEndOfTimeWhereALeadWouldGoBeyondIt() {
        QuantilePrefetch policy = QuantilePrefetch.builder().build();
        long last = Long.MAX_VALUE;
        for (long lead : new long[] {1, 60_000, last - 60_000, last}) {
            for (long now : new long[] {0, last - 60_001, last - 1, last}) {
                DemandOutlook outlook = new DemandOutlook(
                        lead, STEP, Math.min(now, last - STEP), 0.99, 0, List.of(20.0, 500.0), 1, 0, "");
                PrefetchPlan plan = policy.plan(new PrefetchView("a", now, stock(1, 0, 0, 0), outlook));
                assertEquals(500, plan.target(), "now " + now + ", lead " + lead);
            }
        }
    }

    @Test
    void followsWhatWasEnoughLatelyWhileForecastsDoNotDecide() {
        PrefetchView view = view(stock(1, 0, 0, 0), 40, List.of(), 1, 0);
        PrefetchPlan plan = QuantilePrefetch.builder().releaseAbove(1).build().plan(view);
        assertEquals(new ReactivePrefetch(0, 1).plan(view), plan);
        assertEquals(40, plan.order());
    }

    @Test
    void releasesOnlyWhatIsBeyondTheSlack() {
        ReactivePrefetch policy = new ReactivePrefetch(0, 1);
        assertEquals(
                PrefetchReason.KEPT,
                policy.plan(view(stock(1, 80, 0, 0), 40, List.of(), 1, 0)).reason());
        assertEquals(
                41, policy.plan(view(stock(1, 81, 0, 0), 40, List.of(), 1, 0)).release());
        assertEquals(
                1, policy.plan(view(stock(1, 1, 90, 0), 40, List.of(), 1, 0)).release());
    }

    @Test
    void keepsWhatTheShardsHaveRoomForAndSaysSo() {
        PrefetchPlan plan = new ReactivePrefetch(5000, 0).plan(view(stock(1, 0, 0, 0), 0, List.of(), 1, 0));
        assertEquals(1000, plan.target());
        assertEquals(PrefetchReason.SHARDS_FULL, plan.reason());
    }

    @Test
    void theExplanationNamesWhatTheDecisionRestsOn() {
        String text = QuantilePrefetch.builder()
                .build()
                .plan(view(stock(3, 10, 5, 0), 7, List.of(611.8), 1, 0))
                .explain();
        assertTrue(
                text.contains("web")
                        && text.contains("[612] expected")
                        && text.contains("60.0 s")
                        && text.contains("p99"),
                text);
    }
}
