package io.foreshard.stackvirt.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadinessLadderTest {

    private static final double PRICE = 1 / 2400.0;

    private static ScalingView.Bounds bounds(double thawMillis, double idleCpus) {
        return new ScalingView.Bounds(0, 6, 10, 40, 700, thawMillis, idleCpus, ScalingView.Bounds.MEGABYTES_PER_CPU);
    }

    private static TrafficOutlook outlook(double... probabilities) {
        double[] messages = new double[probabilities.length];
        java.util.Arrays.fill(messages, 2);
        return new TrafficOutlook(
                2000, probabilities, messages, new double[probabilities.length], TrafficOutlook.Window.NONE);
    }

    private static ScalingView view(
            ScalingView.Bounds bounds,
            ScalingView.Stock stock,
            int inFlight,
            TrafficOutlook outlook,
            long... idleMillis) {
        return new ScalingView(
                "dns",
                1_000_000,
                bounds,
                stock,
                new ScalingView.Load(inFlight, 0, inFlight, inFlight, new StackIdle(idleMillis)),
                outlook,
                PRICE,
                ScalingMemory.NONE);
    }

    /** Wants as many stacks as it is told. */
    private static ScalingPolicy wanting(int stacks) {
        return view -> ScalingPlan.running(stacks, ScalingReason.EXPECTED, ScalingMemory.NONE, view);
    }

    private static ScalingView.Stock running(int stacks) {
        return new ScalingView.Stock(stacks, 0, 0, 0);
    }

    @Test
    void runsWhatIsNeededOrWasAMomentAgoAndFreezesTheRest() {
        ReadinessLadder ladder = new ReadinessLadder(wanting(5));
        ScalingPlan plan = ladder.plan(view(bounds(1, 0.002), running(5), 15, outlook(), 0, 0, 9_999, 10_000));
        assertEquals(3, plan.running());
        assertEquals(2, plan.frozen());
        assertEquals(0, plan.created());
        assertEquals(5, plan.resident(), "frozen stacks hold their memory");
    }

    @Test
    void aStackRunsWhereTheThawWouldCostMoreThanTheIdling() {
        ReadinessLadder ladder = new ReadinessLadder(wanting(2));
        TrafficOutlook sure = outlook(1, 0.01);
        ScalingView.Stock frozen = new ScalingView.Stock(0, 0, 2, 0);
        assertEquals(
                0, ladder.plan(view(bounds(1, 0.002), frozen, 0, sure, 60_000)).running(), "a short thaw");
        assertEquals(
                1,
                ladder.plan(view(bounds(300, 0.002), frozen, 0, sure, 60_000)).running(),
                "a long thaw");
        assertEquals(
                2, ladder.plan(view(bounds(300, 0), frozen, 0, sure, 60_000)).running(), "idling is free");
        assertEquals(
                0, ladder.plan(view(bounds(300, 0.5), frozen, 0, sure, 60_000)).running(), "idling is dear");
    }

    @Test
    void runsAllWhereTheEngineCannotFreeze() {
        ReadinessLadder ladder = new ReadinessLadder(wanting(3));
        for (double thaw : new double[] {700, Double.POSITIVE_INFINITY}) {
            ScalingPlan plan = ladder.plan(view(bounds(thaw, 1), running(3), 0, outlook(), 60_000));
            assertEquals(3, plan.running(), "thaw in " + thaw + " ms");
            assertEquals(0, plan.frozen());
        }
    }

    @Test
    void thePolicyInsideTakesFrozenStacksForRunningOnes() {
        ScalingPolicy same =
                view -> ScalingPlan.running(view.stock().running(), ScalingReason.KEPT, ScalingMemory.NONE, view);
        ScalingView view = view(bounds(1, 0.002), new ScalingView.Stock(1, 0, 3, 0), 1, outlook(), 0);
        ScalingPlan plan = new ReadinessLadder(same).plan(view);
        assertEquals(4, plan.resident());
        assertEquals(view, plan.view(), "what is told is what was seen");
    }

    @Test
    void oneIsCreatedWhereNothingIsResidentButSomethingIsExpected() {
        ReadinessLadder ladder = new ReadinessLadder(wanting(0));
        ScalingView.Bounds bounds = bounds(1, 0.002);
        assertEquals(
                1,
                ladder.plan(view(bounds, running(0), 0, outlook(0.02), 60_000)).created());
        assertEquals(
                0,
                ladder.plan(view(bounds, running(0), 0, outlook(0.0001), 60_000))
                        .created());
        assertEquals(0, ladder.plan(view(bounds, running(0), 0, outlook(0.02))).created(), "never had traffic");
        assertEquals(
                0, ladder.plan(view(bounds, running(0), 0, outlook(), 60_000)).created());
    }

    @Test
    void doesNotFlapWhereThawingAndIdlingCostTheSame() {
        ReadinessLadder ladder = new ReadinessLadder(wanting(1));
        ScalingView.Bounds bounds = bounds(100, 0.002);
        long seed = 11;
        Random random = new Random(seed);
        int frozen = 0;
        int changes = 0;
        double threshold = PRICE * 0.002 * ScalingView.Bounds.MEGABYTES_PER_CPU * 2 / (100.0 / 700);
        for (int i = 0; i < 1000; i++) {
            double probability = threshold * (0.85 + 0.3 * random.nextDouble());
            ScalingView.Stock stock = new ScalingView.Stock(1 - frozen, 0, frozen, 0);
            ScalingPlan plan = ladder.plan(view(bounds, stock, 0, outlook(probability), 60_000));
            changes += plan.frozen() == frozen ? 0 : 1;
            frozen = plan.frozen();
        }
        assertTrue(changes <= 1, changes + " changes, seed " + seed);
    }
}
