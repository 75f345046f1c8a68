package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SessionPulseTest {

    private static final long STEP = 50;
    private static final long IDLE = 60_000;
    private static final long START = 7;

    private final SessionPulse pulse = new SessionPulse(STEP, IDLE, START);

    @Test
    void stepsStayOnOneGridHoweverLateTimersAre() {
        assertEquals(START + STEP, pulse.nextStepNanos());
        long now = START + STEP;
        for (int late : new int[] {0, 3, 49, 50, 51, 120, 0, 1}) {
            now = pulse.nextStepNanos() + late;
            assertTrue(pulse.step(true, now));
            assertEquals(0, (pulse.nextStepNanos() - START) % STEP, "late by " + late);
            assertTrue(pulse.nextStepNanos() > now && pulse.nextStepNanos() <= now + STEP, "late by " + late);
        }
    }

    @Test
    void theGridIsKeptOverATimeOfQuiet() {
        pulse.onHeard(START + 100);
        long quiet = START + 21 * STEP;
        assertFalse(pulse.step(false, quiet));
        assertEquals(START + 100 + IDLE, pulse.nextStepNanos());
        pulse.onBusy(START + 1_013);
        assertEquals(START + 1_050, pulse.nextStepNanos());
        pulse.onBusy(START + 1_049);
        assertEquals(START + 1_050, pulse.nextStepNanos(), "a step that is due soon is not put off");
    }

    @Test
    void isBusyForTwentyStepsAfterTheLastMessage() {
        pulse.onBusy(START + STEP);
        assertTrue(pulse.step(false, START + 21 * STEP));
        assertFalse(pulse.step(false, START + 22 * STEP));
        assertTrue(pulse.step(true, START + 500 * STEP), "sending is busy");
    }

    @Test
    void silenceAndPingsHaveTheirTimes() {
        pulse.onHeard(1_000);
        assertFalse(pulse.isSilent(1_000 + IDLE - 1));
        assertTrue(pulse.isSilent(1_000 + IDLE));
        assertTrue(pulse.wantsPing(START));
        pulse.onPing(START);
        assertFalse(pulse.wantsPing(START + 999_999_999L));
        assertTrue(pulse.wantsPing(START + 1_000_000_000L));
    }
}
