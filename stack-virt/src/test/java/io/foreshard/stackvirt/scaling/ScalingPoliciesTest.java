package io.foreshard.stackvirt.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScalingPoliciesTest {

    private static final ScalingView.Bounds BOUNDS = new ScalingView.Bounds(0, 20, 10, 40, 1000);

    private static ScalingView view(
            long now, int running, int inFlight, double stable, double panic, ScalingMemory memory) {
        return view(now, running, inFlight, stable, panic, memory, TrafficOutlook.none(), StackIdle.none());
    }

    private static ScalingView view(
            long now,
            int running,
            int inFlight,
            double stable,
            double panic,
            ScalingMemory memory,
            TrafficOutlook outlook,
            StackIdle idle) {
        return new ScalingView(
                "dns",
                now,
                BOUNDS,
                new ScalingView.Stock(running, 0, 0, 0),
                new ScalingView.Load(inFlight, 0, stable, panic, idle),
                outlook,
                0.001,
                memory);
    }

    @Test
    void concurrencyAimsAtSevenTenthsOfWhatStacksTake() {
        ScalingPolicy policy = new ConcurrencyScaling();
        assertEquals(3, policy.plan(view(0, 2, 15, 15, 15, ScalingMemory.NONE)).running());
        assertEquals(2, policy.plan(view(0, 2, 14, 14, 14, ScalingMemory.NONE)).running());
        assertEquals(0, policy.plan(view(0, 1, 0, 0, 0, ScalingMemory.NONE)).running());
    }

    @Test
    void concurrencyPanicsAtTwiceWhatIsThereAndTakesNothingAwayForAMinute() {
        ScalingPolicy policy = new ConcurrencyScaling();
        ScalingPlan plan = policy.plan(view(0, 2, 28, 3, 28, ScalingMemory.NONE));
        assertEquals(ScalingReason.PANIC, plan.reason());
        assertEquals(4, plan.running());
        plan = policy.plan(view(60_000, 4, 0, 1, 0, plan.memory()));
        assertEquals(4, plan.running());
        plan = policy.plan(view(60_001, 4, 0, 1, 0, plan.memory()));
        assertEquals(2, plan.running(), "by half at most");
    }

    @Test
    void theSpecifiedRuleFollowsTheChangeOfDemand() {
        ScalingPolicy policy = new SpecifiedScaling();
        ScalingPlan plan = policy.plan(view(0, 0, 25, 0, 0, ScalingMemory.NONE));
        assertEquals(3, plan.running());
        plan = policy.plan(view(1, 3, 5, 0, 0, plan.memory()));
        assertEquals(1, plan.running());
        assertEquals(0, policy.plan(view(2, 1, 0, 0, 0, plan.memory())).running());
    }

    @Test
    void keepAliveKeepsEachStackForItsTime() {
        ScalingPolicy policy = new KeepAliveScaling(Duration.ofSeconds(30));
        StackIdle idle = new StackIdle(new long[] {0, 29_999, 30_000});
        ScalingView view = view(0, 3, 5, 0, 0, ScalingMemory.NONE, TrafficOutlook.none(), idle);
        assertEquals(2, policy.plan(view).running());
        assertEquals(ScalingReason.KEPT, policy.plan(view).reason());
    }

    @Test
    void idleHistogramsHaveAStackReadyWithinTheWindowAlone() {
        ScalingPolicy policy = new IdleHistogramScaling(Duration.ofMinutes(10));
        TrafficOutlook outlook = new TrafficOutlook(
                2000, new double[0], new double[0], new double[0], new TrafficOutlook.Window(60_000, 90_000));
        for (long idle : new long[] {0, 58_999, 59_000, 89_999, 90_000}) {
            ScalingView view = view(0, 0, 0, 0, 0, ScalingMemory.NONE, outlook, new StackIdle(new long[] {idle}));
            int expected = idle >= 59_000 && idle < 90_000 ? 1 : 0;
            assertEquals(expected, policy.plan(view).running(), "idle for " + idle);
        }
    }

    @Test
    void predictionHoldsAStackWhileItIsWorthItsMemory() {
        ScalingPolicy policy = new PredictiveScaling();
        StackIdle idle = new StackIdle(new long[] {50_000, 50_000});
        for (double probability : new double[] {0.02, 0.5}) {
            TrafficOutlook outlook = new TrafficOutlook(
                    2000,
                    new double[] {probability, 0.001},
                    new double[] {2, 2},
                    new double[2],
                    TrafficOutlook.Window.NONE);
            ScalingPlan plan = policy.plan(view(0, 2, 0, 0, 0, ScalingMemory.NONE, outlook, idle));
            assertEquals(probability > 0.1 ? 1 : 0, plan.running(), "probability " + probability);
        }
    }

    @Test
    void predictionStartsLessAndKeepsMoreTheMoreAStartIsWorth() {
        StackIdle idle = new StackIdle(new long[] {50_000});
        for (double start : new double[] {0, 200, 2000}) {
            ScalingPolicy policy = new PredictiveScaling(start);
            TrafficOutlook likely = outlook(0.1);
            ScalingView without = view(0, 0, 0, 0, 0, ScalingMemory.NONE, likely, idle);
            assertEquals(start == 0 ? 1 : 0, policy.plan(without).running(), "a start is worth " + start);
            ScalingView with = view(0, 1, 0, 0, 0, ScalingMemory.NONE, outlook(0.025), idle);
            assertEquals(start == 2000 ? 1 : 0, policy.plan(with).running(), "a start is worth " + start);
        }
    }

    private static TrafficOutlook outlook(double probability) {
        double[] two = {2};
        return new TrafficOutlook(2000, new double[] {probability}, two, new double[1], TrafficOutlook.Window.NONE);
    }

    @Test
    void predictionTakesNoStackThatMessagesNeededAMomentAgo() {
        StackIdle idle = new StackIdle(new long[] {0, 1000, 1999, 2000});
        ScalingView view = view(0, 4, 3, 0, 0, ScalingMemory.NONE, TrafficOutlook.none(), idle);
        assertEquals(3, new PredictiveScaling().plan(view).running());
    }
}
