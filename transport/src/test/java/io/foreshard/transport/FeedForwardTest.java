package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.runtime.SkillGate;
import org.junit.jupiter.api.Test;

class FeedForwardTest {

    private static final long STEP = 50_000_000L;
    private static final long START = 123_456_789L;
    private static final long NONE = FeedForward.NO_YARDSTICK;

    private final SkillGate gate = new SkillGate(GateMode.FREE, 0, 1, "path", GateListener.NOOP);
    private final FeedForward forward = new FeedForward(gate);
    private long now = START;

    private static CapacityGuide guide(long madeAtNanos, double error, double... bytesPerSecond) {
        return new CapacityGuide(madeAtNanos, STEP, bytesPerSecond, error, 1_000);
    }

    private void step(double... bytesPerSecond) {
        forward.onStep(guide(now, 0.5, bytesPerSecond), 0, now);
        now += STEP;
    }

    /** Opens the gate for good: there is no control group; the last guide was made a step before {@link #now}. */
    private void open() {
        for (int i = 0; i < 1_000 && gate.report().reason() != GateReason.PROVEN; i++) {
            step(100, 200);
            gate.score(gate.slot(), 1);
        }
        for (int i = 0; i < 100 && !gate.isPredictive(); i++) {
            step(100, 200);
        }
        assertTrue(gate.isPredictive());
        for (int i = 0; i < 80; i++) {
            step(100, 200);
        }
    }

    @Test
    void nothingIsExpectedWhileTheGateIsShut() {
        FeedForward shut = new FeedForward(new SkillGate(GateMode.SHUT, 0, 1, "path", GateListener.NOOP));
        for (int i = 0; i < 500; i++) {
            shut.onStep(guide(START + i * STEP, 0, 100, 200), 0, START + i * STEP);
            shut.gate().score(shut.gate().slot(), 1);
        }
        long at = START + 499 * STEP;
        assertFalse(shut.isActive());
        assertEquals(NONE, shut.expected(at));
        assertEquals(NONE, shut.most(at - 10 * STEP, at));
        assertTrue(shut.isSteady(at - 10 * STEP, at));
        assertEquals(NONE, new FeedForward(gate).expected(START), "nor before the first guide");
    }

    @Test
    void eachStepHasItsOwnExpectationOnTheGrid() {
        open();
        step(1_000, 2_000, 3_000);
        long made = now - STEP;
        assertEquals(1_000, forward.expected(made));
        assertEquals(1_000, forward.expected(made + STEP - 1));
        assertEquals(2_000, forward.expected(made + STEP));
        assertEquals(3_000, forward.expected(made + 3 * STEP - 1));
        assertEquals(NONE, forward.expected(made + 3 * STEP));
    }

    @Test
    void timersThatComeLateOrEarlyByLessThanHalfAStepKeepTheGrid() {
        open();
        long grid = now;
        for (long late : new long[] {STEP / 2 - 1, -STEP / 2, STEP / 4, 0}) {
            forward.onStep(guide(grid + late, 0.5, 7_000, 8_000), 0, grid + late);
            assertEquals(7_000, forward.expected(grid), "late by " + late);
            assertEquals(8_000, forward.expected(grid + STEP), "late by " + late);
        }
    }

    @Test
    void whatWasExpectedOfPastStepsIsKept() {
        open();
        for (int i = 1; i <= 40; i++) {
            step(1_000 + i, 5_000);
        }
        for (int i = 1; i <= 40; i++) {
            assertEquals(1_000 + i, forward.expected(now - (41 - i) * STEP));
        }
        assertEquals(NONE, forward.expected(now - 70 * STEP), "but not for ever");
        assertEquals(NONE, forward.expected(START - 10 * STEP));
    }

    @Test
    void aGuideThatIsNotRenewedGoesStale() {
        open();
        CapacityGuide last = guide(now, 0.5, 1_000, 2_000, 3_000);
        forward.onStep(last, 0, now);
        for (int i = 1; i <= 2; i++) {
            forward.onStep(last, 0, now + i * STEP);
            assertTrue(forward.isActive());
        }
        assertEquals(3_000, forward.expected(now + 2 * STEP));
        forward.onStep(last, 0, now + 3 * STEP);
        assertFalse(forward.isActive());
        assertEquals(NONE, forward.expected(now + 3 * STEP));
        assertEquals(NONE, forward.most(now, now + 3 * STEP));
        assertEquals(GateReason.NO_SKILL, gate.report().reason(), "nobody knows how good it would be");
    }

    @Test
    void theMostAroundASpanReachesHalfAStepBeyondIt() {
        open();
        step(4_000, 1_000, 1_000, 9_000);
        long made = now - STEP;
        long second = made + STEP;
        assertEquals(4_000, forward.most(second + STEP / 2 - 1, second + STEP / 2));
        assertEquals(1_000, forward.most(second + STEP / 2, second + STEP));
        assertEquals(1_000, forward.most(second + STEP / 2, made + 5 * STEP / 2 - 1));
        assertEquals(9_000, forward.most(second + STEP / 2, made + 5 * STEP / 2));
        assertEquals(9_000, forward.most(Long.MIN_VALUE / 4, made + 3 * STEP), "bounded by what is kept");
    }

    @Test
    void theMostAroundATimeIsThatOfHalfAStepBeforeAndAfter() {
        open();
        step(4_000, 1_000, 1_000, 9_000);
        long second = now;
        assertEquals(4_000, forward.around(second + STEP / 2 - 1), "a fall comes half a step late");
        assertEquals(1_000, forward.around(second + STEP / 2));
        assertEquals(1_000, forward.around(second + 3 * STEP / 2 - 1));
        assertEquals(9_000, forward.around(second + 3 * STEP / 2), "a rise half a step early");
    }

    @Test
    void aSpanIsSteadyWhenTheMostIsAtMostAQuarterMoreThanTheLeast() {
        open();
        step(1_000, 1_250, 1_000, 1_251);
        long made = now - STEP;
        assertTrue(forward.isSteady(made + STEP / 2, made + STEP));
        assertTrue(forward.isSteady(made + STEP / 2, made + 2 * STEP));
        assertFalse(forward.isSteady(made + STEP / 2, made + 3 * STEP));
        assertTrue(forward.isSteady(made + 20 * STEP, made + 21 * STEP), "nothing is known of it");
    }

    @Test
    void aStandstillIsStillTriedALittle() {
        open();
        step(100_000, 0, 100_000);
        assertEquals(2_000, forward.expected(now));
        step(0, 0);
        assertTrue(forward.expected(now) >= 1);
    }

    @Test
    void onlyGuidesThatChangeTellTheArmsApart() {
        for (int i = 0; i < 500; i++) {
            step(100, 124);
            gate.score(gate.slot(), 1);
        }
        assertEquals(GateReason.ON_TRIAL, gate.report().reason());
        assertEquals(0, gate.report().pairs());
        for (int i = 0; i < 500; i++) {
            step(100, 126);
            gate.score(gate.slot(), 1);
        }
        assertEquals(GateReason.PROVEN, gate.report().reason());
    }
}
