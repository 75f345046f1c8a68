package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.foreshard.simulator.fluid.FluidQueue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeightedSumDelayCalculatorTest {

    private static final FlowView FLOW = new StubFlow();
    private static final double BASE = 0.1;

    private static WeightedSumDelayCalculator.Builder rule() {
        return WeightedSumDelayCalculator.builder()
                .congestionWeight(Duration.ofMillis(40))
                .serverWeight(Duration.ofMillis(10))
                .maxDelay(Duration.ofMillis(45));
    }

    private static StubView view(double congestion, double load) {
        StubView view = new StubView();
        view.baseLatencyNanos = 100e6;
        view.congestionLevel = congestion;
        view.serverLoad = load;
        return view;
    }

    @Test
    void addsWeightedCongestionAndLoad() {
        assertEquals(20_000_000 + 5_000_000, rule().build().delayNanos(FLOW, view(0.5, 0.5)));
        assertEquals(45_000_000, rule().build().delayNanos(FLOW, view(1, 1)));
        assertEquals(DelayCalculator.UNLIMITED, rule().build().rateBytesPerSecond(view(1, 1), 0));
    }

    @Test
    void countsWhatIsNotKnownAsNothing() {
        assertEquals(0, rule().build().delayNanos(FLOW, new StubView()));
        assertEquals(10_000_000, rule().build().delayNanos(FLOW, view(Double.NaN, 7)));
        assertEquals(0, rule().build().delayNanos(FLOW, view(-3, Double.NEGATIVE_INFINITY)));
    }

    @Test
    void weakensAWeightThatWouldMakeTheLoopUnstable() {
        StubView view = view(1, 0);
        view.baseLatencyNanos = 10e6;
        assertEquals(8_000_000, rule().build().delayNanos(FLOW, view));
        view.arrival = 2e6;
        view.capacity = 1e6;
        assertEquals(4_000_000, rule().build().delayNanos(FLOW, view));
        assertEquals(
                40_000_000, rule().gainLimit(Double.POSITIVE_INFINITY).build().delayNanos(FLOW, view));
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertEquals(
                "gainLimit: NaN (expected: > 0)",
                assertThrows(IllegalArgumentException.class, () -> rule().gainLimit(Double.NaN))
                        .getMessage());
        assertEquals(
                "maxDelay: PT-1S (expected: PT0S…PT1M)",
                assertThrows(IllegalArgumentException.class, () -> rule().maxDelay(Duration.ofSeconds(-1)))
                        .getMessage());
    }

    /**
     * Returns by how much the queue swings, in seconds, long after a short burst; demand is then 0.97 of the capacity, the loop delay
     * 100 ms.
     */
    private static double swing(DelayCalculator law) {
        double tick = 0.001;
        int ticks = 60_000;
        double[] arrived = new double[ticks + 1];
        FluidQueue queue = new FluidQueue(tick, 80);
        StubView view = view(0, 0);
        view.capacity = 1;
        double left = 0;
        double delay = 0;
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int k = 0; k < ticks; k++) {
            view.arrival = k >= 1000 && k < 1200 ? 2 : 0.97;
            arrived[k + 1] = arrived[k] + view.arrival * tick;
            double next = Math.max(left, arrived[Math.max(0, k + 1 - (int) (delay / tick))]);
            queue.tick((next - left) / tick, 1);
            left = next;
            if (k % 20 == 0) {
                view.congestionLevel = queue.seenSeconds() / (queue.seenSeconds() + BASE);
                delay = law.delayNanos(FLOW, view) / 1e9;
            }
            if (k >= 45_000) {
                least = Math.min(least, queue.delaySeconds());
                most = Math.max(most, queue.delaySeconds());
            }
        }
        return most - least;
    }

    @Test
    void swingsForEverWithoutItsGuardAndCalmsDownWithIt() {
        WeightedSumDelayCalculator.Builder heavy = WeightedSumDelayCalculator.builder()
                .congestionWeight(Duration.ofMillis(600))
                .maxDelay(Duration.ofSeconds(10));
        assertTrue(swing(heavy.gainLimit(Double.POSITIVE_INFINITY).build()) > 0.05);
        assertTrue(swing(heavy.gainLimit(0.8).build()) < 0.001);
    }
}
