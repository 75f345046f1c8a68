package io.foreshard.stackvirt.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateMode;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackScalerTest {

    private static final ScalingView.Bounds BOUNDS = new ScalingView.Bounds(0, 8, 10, 40, 1000);
    private static final int PERIOD = 240;

    /** A timer, and a stack that runs as it is planned, one second later. */
    private static List<Integer> exposedByHour(StackScaler scaler, int hours) {
        KindScaler kind = scaler.kind("timer", BOUNDS);
        List<Integer> exposed = new ArrayList<>();
        int running = 0;
        int starting = 0;
        int waited = 0;
        for (long second = 1; second <= hours * 3600L; second++) {
            if (second % PERIOD == 0) {
                kind.arrived(second * 1000 - 500);
                if (running == 0) {
                    waited++;
                    kind.exposed(1);
                }
                kind.answered(second * 1000 - 300);
            }
            scaler.tick(second * 1000);
            ScalingPlan plan = kind.plan(second * 1000, new ScalingView.Stock(running, starting, 0, 0), 0);
            running = Math.min(plan.resident(), running + starting);
            starting = plan.resident() - running;
            if (second % 3600 == 0) {
                exposed.add(waited);
                waited = 0;
            }
        }
        return exposed;
    }

    @Test
    void sparesATimerItsColdStartsWithNoMoreMemory() {
        StackScaler scaler = StackScaler.builder().build();
        List<Integer> exposed = exposedByHour(scaler, 4);
        assertEquals(15, exposed.get(0), 4, "learns at first: " + exposed);
        assertTrue(exposed.get(3) <= 2, "then stacks are there: " + exposed);
        assertTrue(scaler.gate().reason().isOpen());
    }

    @Test
    void withTheGateShutTheReactivePolicyDecidesAndPredictionIsReckonedBesideIt() {
        StackScaler scaler = StackScaler.builder().gateMode(GateMode.SHUT).build();
        List<Integer> exposed = exposedByHour(scaler, 4);
        assertTrue(exposed.get(3) >= 14, "as without prediction: " + exposed);
        assertFalse(scaler.isPredictive());
    }

    @Test
    void reckonsWhatWouldHaveBeen() {
        StackScaler scaler = StackScaler.builder().gateMode(GateMode.SHUT).build();
        KindScaler[] kinds = new KindScaler[1];
        kinds[0] = scaler.kind("other", BOUNDS);
        for (long second = 1; second < 8000; second++) {
            if (second % PERIOD == 0) {
                kinds[0].arrived(second * 1000 - 500);
                kinds[0].answered(second * 1000 - 300);
            }
            scaler.tick(second * 1000);
            ScalingPlan plan = kinds[0].plan(second * 1000, new ScalingView.Stock(1, 0, 0, 0), 0);
            assertTrue(plan.explain().startsWith("other: "), plan.explain());
        }
        assertEquals(33, kinds[0].regret().reactiveExposed());
        assertTrue(kinds[0].regret().predictiveExposed() < 33);
        assertEquals(40.0 * 7998, kinds[0].regret().megabyteSeconds(), 1);
        assertTrue(kinds[0].regret().utility() < 0.1);
        assertEquals(1, kinds[0].regret().starts(), "one was there all the time");
        assertEquals(33, kinds[0].regret().reactiveStarts());
        assertTrue(kinds[0].regret().predictiveStarts() >= 33);
    }

    @Test
    void countsWhyNumbersOfStacksChange() {
        List<String> counted = new ArrayList<>();
        StackScaler scaler = StackScaler.builder()
                .observer((reason, amount) -> counted.add(reason.name()))
                .build();
        KindScaler kind = scaler.kind("dns", BOUNDS);
        kind.arrived(100);
        kind.plan(100, new ScalingView.Stock(0, 0, 0, 0), 1);
        assertEquals(List.of(ScalingReason.COVERS_LOAD.name()), counted);
    }

    @Test
    void startsThatWereMeasuredReplaceTheConfiguredTime() {
        KindScaler kind = StackScaler.builder().build().kind("dns", BOUNDS);
        kind.coldMillis(4000);
        kind.thawMillis(2);
        assertEquals(4000, kind.bounds().coldMillis());
        assertFalse(kind.bounds().freezes(), "an engine that cannot freeze learns it from no measurement");
        for (double odd : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            kind.coldMillis(odd);
            assertEquals(4000, kind.bounds().coldMillis());
        }
        kind.arrived(0);
        kind.arrived(3999);
        kind.arrived(4000);
        assertEquals(2, kind.predictiveStock().exposed(), "it runs after four seconds");
        assertEquals(
                4000,
                kind.plan(4000, new ScalingView.Stock(1, 0, 0, 0), 0)
                        .view()
                        .bounds()
                        .coldMillis());
    }

    @Test
    void memoryThatWasMeasuredReplacesTheConfiguredOne() {
        KindScaler kind = StackScaler.builder().build().kind("dns", BOUNDS);
        ScalingView.Stock one = new ScalingView.Stock(1, 0, 0, 0);
        kind.plan(0, one, 0);
        kind.plan(1000, one, 0);
        double before = kind.regret().megabyteSeconds();
        kind.megabytes(5);
        for (double odd : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
            kind.megabytes(odd);
        }
        assertEquals(5, kind.plan(2000, one, 0).view().bounds().megabytes());
        assertEquals(before + 5, kind.regret().megabyteSeconds(), 1e-9);
    }

    @Test
    void aPlanBetweenTwoReactionsDoesNotDelayTheNext() {
        KindScaler kind = StackScaler.builder().gateMode(GateMode.SHUT).build().kind("dns", BOUNDS);
        ScalingView.Stock none = new ScalingView.Stock(0, 0, 0, 0);
        kind.plan(2000, none, 0);
        kind.arrived(3500);
        assertEquals(1, kind.plan(3500, none, 1).running(), "at once, as there is none");
        kind.answered(3600);
        ScalingPlan plan = kind.plan(4000, new ScalingView.Stock(1, 0, 0, 0), 0);
        assertEquals(4000, plan.view().nowMillis(), "every two seconds by the clock");
    }

    @Test
    void aKindThatFreezesLearnsHowLongAThawTakes() {
        ScalingView.Bounds freezing = new ScalingView.Bounds(0, 8, 10, 40, 1000, 50, 0.002, 8192);
        KindScaler kind = StackScaler.builder().build().kind("dns", freezing);
        kind.thawMillis(3);
        assertEquals(3, kind.bounds().thawMillis());
    }
}
