package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bottleneck of capacity 1 is offered 0.8 of it, and from the tenth loop delay on more than it passes. */
class StepResponseTest {

    private static final double SETTLED_AFTER_LOOPS = 8;

    private static PacedDelayCalculator paced() {
        return PacedDelayCalculator.builder().build();
    }

    private static double target(FluidRun run) {
        return Math.max(0.005, 0.05 * run.loop());
    }

    private static FluidRun overloaded(FluidRun run, double demand) {
        double from = 10 * run.loop();
        return run.demand((seconds, shaper) -> (seconds < from ? 0.8 : demand) * FluidRun.CAPACITY);
    }

    private static void assertSettles(FluidRun run, double withinLoops) {
        double band = Math.max(0.0025, 0.1 * run.loop());
        double settling = run.settlingSeconds(10 * run.loop(), target(run), band) / run.loop();
        assertTrue(settling <= withinLoops, () -> "settles after " + settling + " loop delays");
        assertSteady(run.between(45 * run.loop(), 60 * run.loop()), run.loop());
    }

    private static void assertSteady(List<FluidRun.Moment> span, double loop) {
        assertTrue(FluidRun.swing(span) < 0.05 * loop, () -> "swings by " + FluidRun.swing(span) + " s");
        assertEquals(1, FluidRun.meanRate(span) / FluidRun.CAPACITY, 0.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void settlesWithinEightLoopDelaysWithoutALimitCycle(double loop) {
        FluidRun run = overloaded(FluidRun.ofLoop(loop, paced()), 1.4);
        assertSettles(run.run(60 * loop, 1), SETTLED_AFTER_LOOPS);
    }

    /** Round trip, control step and sampling of very different lengths, in seconds; the watch measures them. */
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
        FluidRun seen = overloaded(new FluidRun(roundTrip, step, sampling, paced()), 1.4);
        assertSettles(seen.run(60 * seen.loop(), 1), SETTLED_AFTER_LOOPS);
        FluidRun watched = overloaded(new FluidRun(roundTrip, step, sampling, paced()), 1.4);
        assertSettles(watched.watched().run(60 * watched.loop(), 1), SETTLED_AFTER_LOOPS);
    }

    /** Samples that were smoothed, or came by way of another host; without their age in the loop delay the queue swings for ever. */
    @ParameterizedTest
    @CsvSource({"0.002, 0.01, 0.02, 0.04", "0.03, 0.01, 0.02, 0.04", "0.02, 0.02, 0.02, 0.2", "0.1, 0.05, 0.2, 1"})
    void settlesThoughSamplesAreSeenLate(double roundTrip, double step, double sampling, double late) {
        FluidRun run = overloaded(new FluidRun(roundTrip, step, sampling, paced()).late(late), 1.4);
        assertSettles(run.watched().run(60 * run.loop(), 1), SETTLED_AFTER_LOOPS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void leavesNoOffsetWhenTheCapacityIsTakenForAFifthMore(double loop) {
        FluidRun run = overloaded(FluidRun.ofLoop(loop, paced()), 1.4).reported(seconds -> 1.2 * FluidRun.CAPACITY);
        run.run(60 * loop, 1);
        List<FluidRun.Moment> end = run.between(45 * loop, 60 * loop);
        assertEquals(target(run), FluidRun.meanQueue(end), 0.02 * target(run));
        assertSteady(end, loop);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.1", "0.02, 10", "0.1, 0.1", "0.1, 10", "1, 0.1", "1, 10"})
    void findsTheCapacityThoughTelemetryIsTenfoldWrong(double loop, double factor) {
        FluidRun run = overloaded(FluidRun.ofLoop(loop, paced()), 1.4)
                .watched()
                .reported(seconds -> factor * FluidRun.CAPACITY);
        assertSteady(run.run(60 * loop, 1).between(45 * loop, 60 * loop), loop);
    }

    @Test
    void isSteadyForAnyLoopThatIsMisjudgedByUpToTwoFifths() {
        Property.named("settles and does not swing").runs(60).check((random, size) -> {
            double loop = Math.exp(Math.log(0.02) + random.nextDouble() * Math.log(50));
            double sampling = (0.05 + 0.6 * random.nextDouble()) * loop;
            double step = (0.05 + 0.3 * random.nextDouble()) * loop;
            double roundTrip = Math.max(0.1 * loop, loop - step - sampling / 2);
            double demand = 1.05 + random.nextDouble();
            FluidRun run = overloaded(new FluidRun(roundTrip, step, sampling, paced()), demand)
                    .loopScale(0.7 + 0.7 * random.nextDouble());
            assertSteady(run.run(60 * run.loop(), 1).between(45 * run.loop(), 60 * run.loop()), run.loop());
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void followsACapacityThatHalves(double loop) {
        FluidRun run = FluidRun.ofLoop(loop, paced())
                .demand((seconds, shaper) -> 1.4 * FluidRun.CAPACITY)
                .capacity(seconds -> (seconds < 30 * loop ? 1 : 0.5) * FluidRun.CAPACITY);
        run.run(60 * loop, 1);
        double band = Math.max(0.0025, 0.1 * loop);
        assertTrue(run.settlingSeconds(30 * loop, target(run), band) <= SETTLED_AFTER_LOOPS * loop);
        assertEquals(0.5, FluidRun.meanRate(run.between(50 * loop, 60 * loop)) / FluidRun.CAPACITY, 0.005);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void findsACapacityThatDoubles(double loop) {
        FluidRun run = FluidRun.ofLoop(loop, paced())
                .demand((seconds, shaper) -> 3 * FluidRun.CAPACITY)
                .capacity(seconds -> (seconds < 30 * loop ? 1 : 2) * FluidRun.CAPACITY)
                .watched();
        run.run(80 * loop, 1);
        List<FluidRun.Moment> rising = run.between(45 * loop, 60 * loop);
        assertEquals(2, FluidRun.meanRate(rising) / FluidRun.CAPACITY, 0.04);
        assertTrue(FluidRun.maxQueue(run.between(31 * loop, 60 * loop)) < 0.5 * loop);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void letsPassAgainWhenTheOverloadIsOver(double loop) {
        FluidRun run = FluidRun.ofLoop(loop, paced())
                .demand((seconds, shaper) ->
                        (seconds < 10 * loop || seconds > 40 * loop ? 0.8 : 1.4) * FluidRun.CAPACITY)
                .watched();
        run.run(200 * loop, 1);
        FluidRun.Moment last = run.moments.get(run.moments.size() - 1);
        assertEquals(0, last.backlogBytes(), 1);
        assertEquals(0, last.queueSeconds(), 1e-6);
    }
}
