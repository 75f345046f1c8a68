package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue that others fill does not drain by what is held back here. */
class VainEffortTest {

    private static final double LASTING_LOOPS = 400;

    private static FluidRun run(double loop, double capacityThen, DoubleUnaryOperator foreignThen) {
        double from = 10 * loop;
        return FluidRun.ofLoop(
                        loop, PacedDelayCalculator.builder().leastRate(1000).build())
                .demand((seconds, shaper) -> 0.5 * FluidRun.CAPACITY)
                .capacity(seconds -> (seconds < from ? 1 : capacityThen) * FluidRun.CAPACITY)
                .foreign(seconds -> seconds < from ? 0 : foreignThen.applyAsDouble(seconds - from) * FluidRun.CAPACITY)
                .watched()
                .run((10 + LASTING_LOOPS) * loop, 1);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 1.05", "0.1, 1.05", "1, 1.05", "0.02, 1.3", "0.1, 1.3", "1, 1.3"})
    void holdsLittleBackWhereOthersFillTheQueueNowAndThen(double loop, double foreign) {
        FluidRun run = run(loop, 1, seconds -> seconds % (50 * loop) < 20 * loop ? foreign : 0.1);
        List<FluidRun.Moment> span = run.between(10 * loop, (10 + LASTING_LOOPS) * loop);
        assertEquals(0.5, FluidRun.meanRate(span) / FluidRun.CAPACITY, 0.02);
        double held = span.stream()
                .mapToDouble(FluidRun.Moment::backlogBytes)
                .average()
                .orElseThrow();
        double loops = held / (0.5 * FluidRun.CAPACITY) / loop;
        assertTrue(loops < 1, () -> "holds back for " + loops + " loop delays on average");
    }

    /** What is left is little, but what we send does fill the queue. */
    @ParameterizedTest
    @CsvSource({"0.02, 0.3", "0.02, 0.1", "0.1, 0.3", "0.1, 0.1", "1, 0.3", "1, 0.1"})
    void goesOnWhereThePathHasCollapsed(double loop, double left) {
        FluidRun run = run(loop, left, seconds -> 0);
        List<FluidRun.Moment> end = run.between(300 * loop, (10 + LASTING_LOOPS) * loop);
        assertEquals(left, FluidRun.meanRate(end) / FluidRun.CAPACITY, 0.05 * left);
        assertTrue(FluidRun.maxQueue(end) < 0.02 + loop, () -> "queue of up to " + FluidRun.maxQueue(end) + " s");
    }
}
