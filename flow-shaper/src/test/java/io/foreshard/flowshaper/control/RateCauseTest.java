package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.flowshaper.spi.RateCause;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RateCauseTest {

    private static final double LOOP = 0.1;

    private final PacedDelayCalculator law = PacedDelayCalculator.builder().build();

    /** Runs an overload of two fifths for five seconds. */
    private RateCause after(UnaryOperator<FluidRun> circumstances) {
        FluidRun run = FluidRun.ofLoop(LOOP, law).demand((seconds, shaper) -> 1.4 * FluidRun.CAPACITY);
        circumstances.apply(run).run(5, 1);
        return law.rateCause();
    }

    @Test
    void isNoneWithoutCongestion() {
        assertEquals(RateCause.NOT_NEEDED, after(run -> run.demand((seconds, shaper) -> 0.5 * FluidRun.CAPACITY)));
    }

    @Test
    void isThePathWhereItIsCongested() {
        assertEquals(RateCause.PATH_QUEUE, after(run -> run));
    }

    @Test
    void isBlindnessWhereTelemetryFellSilent() {
        assertEquals(RateCause.NO_SIGHT, after(run -> run.blind(seconds -> seconds > 3 ? 1 : 0)));
    }

    @Test
    void isTheQueueOfOthersWhereHoldingBackWasInVain() {
        assertEquals(
                RateCause.FOREIGN_QUEUE,
                after(run -> run.demand((seconds, shaper) -> 0.3 * FluidRun.CAPACITY)
                        .foreign(seconds -> seconds < 2 ? 0 : 1.2 * FluidRun.CAPACITY)));
    }

    @Test
    void isTheServerWhereThatIsOverloaded() {
        StubView view = new StubView();
        view.release = 1e6;
        view.serverLoad = 1;
        for (int step = 1; step < 100; step++) {
            view.loadAgeNanos = 0;
            law.rateBytesPerSecond(view, step * view.stepNanos);
        }
        assertEquals(RateCause.SERVER_LOAD, law.rateCause());
    }
}
