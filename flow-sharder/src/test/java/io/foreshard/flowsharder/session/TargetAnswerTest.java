package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The near end learns when the far end has its target, not before, and whatever becomes of legs. */
class TargetAnswerTest {

    private static final double FAST = 12.5e6;

    private final SessionBench bench = new SessionBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    private RecordingEnd accepted() {
        assertTrue(bench.until(() -> !bench.egress.accepted.isEmpty(), SECOND), "no flow came");
        return bench.egress.accepted.get(0);
    }

    private void connected(RecordingEnd far) {
        Flow flow = far.flow;
        assertNotNull(flow);
        flow.connected(bench.now);
    }

    @Test
    void comesWhenTheTargetIsThereAndNotBefore() {
        bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        near.send(100_000);
        RecordingEnd far = accepted();
        assertTrue(bench.until(() -> far.receivedBytes == 100_000, SECOND), "not all came");
        bench.run(SECOND);
        assertFalse(near.connected, "nobody said so");
        connected(far);
        assertTrue(bench.until(() -> near.connected, 20 * MILLI), "no answer came");
        assertFalse(far.connected, "the far end has the target itself");
    }

    @Test
    void isToldAgainWhenItsLegDies() {
        SessionBench.Line dying = bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        RecordingEnd far = accepted();
        bench.run(100 * MILLI);
        dying.freeze(true);
        connected(far);
        bench.run(100 * MILLI);
        assertFalse(near.connected, "the only leg is frozen");
        bench.line(1, FAST, 10 * MILLI);
        dying.kill();
        assertTrue(bench.until(() -> near.connected, SECOND), "no answer came");
    }

    /** Who hears of the target by its bytes need not wait for anything else. */
    @Test
    void isImpliedByWhatTheTargetSays() {
        bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        RecordingEnd far = accepted();
        far.send(1);
        assertTrue(bench.until(() -> near.connected, SECOND), "no answer came");
        assertTrue(bench.until(() -> near.receivedBytes == 1, SECOND), "no byte came");
    }

    @Test
    void isImpliedByTheEndOfAnEmptyStream() {
        bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        accepted().finish();
        assertTrue(bench.until(() -> near.ended, SECOND), "no end came");
        assertTrue(near.connected, "an end without a beginning");
    }

    @Test
    void neverComesForATargetThatRefuses() {
        bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        Flow flow = accepted().flow;
        assertNotNull(flow);
        flow.reset(ResetReason.TARGET_UNREACHABLE, bench.now);
        assertTrue(bench.until(() -> near.reset != null, SECOND), "no reset came");
        assertEquals(ResetReason.TARGET_UNREACHABLE, near.reset);
        assertFalse(near.connected, "it was refused");
    }
}
