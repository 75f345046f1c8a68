package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two ingress nodes fill one bottleneck and know nothing of each other. */
class NodesTest {

    private static PacedDelayCalculator node(double weight) {
        return PacedDelayCalculator.builder()
                .fairAmongNodes(weight, FluidRun.CAPACITY)
                .build();
    }

    /** They begin three to one, as their demand does, and then both want more than all. */
    private static FluidRun two(double loop, double weight, double otherWeight, boolean watched) {
        FluidRun run = FluidRun.ofLoop(loop, node(weight), node(otherWeight))
                .demand((seconds, node) -> (seconds > 20 * loop ? 5 : node == 0 ? 1.05 : 0.35) * FluidRun.CAPACITY);
        return watched ? run.watched() : run;
    }

    @ParameterizedTest
    @CsvSource({"0.02, false", "0.1, false", "1, false", "0.02, true", "0.1, true", "1, true"})
    void becomeFairWithinATenthInThreeHundredLoopDelays(double loop, boolean watched) {
        FluidRun run = two(loop, 1, 1, watched).run(320 * loop, 1);
        List<FluidRun.Moment> end = run.between(300 * loop, 320 * loop);
        assertEquals(0.5, FluidRun.firstShare(end), 0.05);
        assertSteady(end, loop);
    }

    @ParameterizedTest
    @CsvSource({"0.02, false", "0.1, false", "1, false", "0.02, true", "0.1, true", "1, true"})
    void becomeFairByWeight(double loop, boolean watched) {
        FluidRun run = two(loop, 0.3, 0.9, watched).run(520 * loop, 1);
        List<FluidRun.Moment> end = run.between(500 * loop, 520 * loop);
        assertEquals(0.25, FluidRun.firstShare(end), 0.05);
        assertSteady(end, loop);
    }

    private static void assertSteady(List<FluidRun.Moment> span, double loop) {
        assertTrue(
                FluidRun.swing(span) < 0.03 * loop, () -> "swings by " + FluidRun.swing(span) / loop + " loop delays");
        assertEquals(1, FluidRun.meanRate(span) / FluidRun.CAPACITY, 0.01);
    }

    /** Without a common rate they keep the shares that they had, and are as steady. */
    @ParameterizedTest
    @CsvSource({"0.02", "0.1", "1"})
    void areSteadyAlsoWhereNothingMakesThemFair(double loop) {
        Property.named("two nodes do not swing").runs(10).check((random, size) -> {
            double first = 0.3 + random.nextDouble();
            double second = 1.1 - first + random.nextDouble();
            FluidRun run = FluidRun.ofLoop(
                            loop,
                            PacedDelayCalculator.builder().build(),
                            PacedDelayCalculator.builder().build())
                    .demand((seconds, node) -> (node == 0 ? first : second) * FluidRun.CAPACITY)
                    .run(80 * loop, 1);
            List<FluidRun.Moment> end = run.between(65 * loop, 80 * loop);
            assertTrue(FluidRun.swing(end) < 0.05 * loop, () -> "swings by " + FluidRun.swing(end) / loop);
        });
    }
}
