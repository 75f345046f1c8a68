package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepResponseTest {

    private static double target(FluidRun run) {
        return Math.max(0.005, 0.05 * run.loop());
    }

    private static double band(FluidRun run) {
        return Math.max(0.0025, 0.1 * run.loop());
    }

    private static FluidRun overloaded(FluidRun run) {
        double from = 10 * run.loop();
        return run.demand((seconds, shaper) -> (seconds < from ? 0.8 : 1.4) * FluidRun.CAPACITY);
    }

    private static void assertSettles(FluidRun run, double loops, String what) {
        double from = 10 * run.loop();
        double settling = run.settlingSeconds(from, target(run), band(run)) / run.loop();
        assertTrue(settling <= loops, () -> what + " settles after " + settling + " loop delays");
        List<FluidRun.Moment> end = run.between(45 * run.loop(), 60 * run.loop());
        assertTrue(FluidRun.swing(end) < 0.05 * run.loop(), () -> what + " swings by " + FluidRun.swing(end));
        assertEquals(FluidRun.CAPACITY, FluidRun.meanRate(end), 0.01 * FluidRun.CAPACITY, what);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void settlesWithinEightLoopDelays(double loop) {
        FluidRun run = overloaded(
                        FluidRun.ofLoop(loop, PacedDelayCalculator.builder().build()))
                .run(60 * loop, 1);
        assertSettles(run, 8, "loop " + loop);
    }

    /** Round trip, control step and sampling of very different lengths, in seconds. */
    @ParameterizedTest
    @CsvSource({
        "0.014, 0.004, 0.004",
        "0.002, 0.01, 0.01",
        "0.005, 0.005, 0.02",
        "0.07, 0.02, 0.02",
        "0.09, 0.005, 0.01",
        "0.02, 0.05, 0.05",
        "0.7, 0.2, 0.2",
        "0.9, 0.02, 0.1",
        "0.3, 0.2, 1"
    })
    void settlesWhateverTheLoopIsMadeOf(double roundTrip, double step, double sampling) {
        FluidRun run = overloaded(new FluidRun(
                roundTrip, step, sampling, PacedDelayCalculator.builder().build()));
        run.run(60 * run.loop(), 1);
        assertSettles(run, 8, "round trip " + roundTrip);
    }
}
