package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.fluid.FluidQueue;
import org.junit.jupiter.api.Test;

/**
 * The fluid model in Java says what it says in Python: golden values from the same equations under CPython 3.11.7. Capacity 1, demand 1.2
 * for ten seconds from the fifth on and 0.8 otherwise, loop delay 100 ms, control step 20 ms, ticks of 1 ms.
 */
class FluidModelTest {

    private static final double TICK = 0.001;
    private static final double STEP = 0.02;
    private static final int TICKS = 30_000;

    /** The longest queue delay, the range of it from 12 s to 15 s, and the longest wait of both queues, in seconds. */
    private record Outcome(double longest, double least, double most, double total) {}

    private static Outcome run(FluidLaw law) {
        double[] arrived = new double[TICKS + 1];
        FluidQueue queue = new FluidQueue(TICK, 100);
        double departed = 0;
        double next = 0;
        double longest = 0;
        double least = Double.MAX_VALUE;
        double most = 0;
        double total = 0;
        double seen = 0;
        double delay = 0;
        for (int k = 0; k < TICKS; k++) {
            double now = k * TICK;
            arrived[k + 1] = arrived[k] + (now >= 5 && now < 15 ? 1.2 : 0.8) * TICK;
            if (now >= next) {
                next += STEP;
                law.step(seen);
            }
            int limit = k;
            double left = law.departed(
                    seconds -> {
                        int at = (int) Math.round(seconds / TICK);
                        return at < 0 ? 0 : arrived[Math.min(at, limit) + 1];
                    },
                    now,
                    departed,
                    TICK);
            queue.tick((left - departed) / TICK, 1);
            departed = left;
            seen = queue.seenSeconds();
            delay = queue.delaySeconds();
            longest = Math.max(longest, delay);
            total = Math.max(total, delay + arrived[k + 1] - departed);
            if (k >= 12_000 && k < 15_000) {
                least = Math.min(least, delay);
                most = Math.max(most, delay);
            }
        }
        return new Outcome(longest, least, most, total);
    }

    private static void assertOutcome(double longest, double least, double most, double total, Outcome outcome) {
        assertEquals(longest, outcome.longest, 0.005 + 0.01 * longest);
        assertEquals(least, outcome.least, 0.005 + 0.01 * least);
        assertEquals(most, outcome.most, 0.005 + 0.01 * most);
        assertEquals(total, outcome.total, 0.005 + 0.01 * total);
    }

    @Test
    void agreesOnNoShaping() {
        assertOutcome(2.0000, 1.4002, 2.0000, 2.0000, run(FluidLaw.none()));
    }

    @Test
    void agreesOnTheSpecifiedRuleWhichMovesLessThanHalfOfTheQueue() {
        assertOutcome(1.3388, 0.8794, 1.2560, 2.0000, run(FluidLaw.delay(0.5)));
        assertOutcome(1.1160, 0.7188, 1.0280, 2.0000, run(FluidLaw.delay(0.8)));
    }

    @Test
    void agreesOnTheLimitCycleOfTheSpecifiedRuleWithALargerWeight() {
        Outcome swings = run(FluidLaw.delay(2));
        assertOutcome(0.8646, 0.3482, 0.8086, 2.0650, swings);
        assertTrue(swings.most > 2 * swings.least);
    }

    @Test
    void agreesOnTheOffsetOfProportionalControl() {
        assertOutcome(0.00538, 0.0050, 0.0050, 2.0000, run(FluidLaw.rate(1, 5, 0, STEP)));
        assertOutcome(0.04397, 0.03833, 0.03833, 2.0000, run(FluidLaw.rate(1.2, 5, 0, STEP)));
    }

    @Test
    void agreesOnProportionalIntegralControl() {
        assertOutcome(0.03827, 0.0050, 0.0050, 2.0000, run(FluidLaw.rate(1, 5, 6.25, STEP)));
        assertOutcome(0.06934, 0.0050, 0.0050, 2.0000, run(FluidLaw.rate(1.2, 5, 6.25, STEP)));
        assertOutcome(0.03116, 0.0000, 0.01194, 2.3634, run(FluidLaw.rate(1, 20, 100, STEP)));
    }
}
