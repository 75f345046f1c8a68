package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.HostilePeerTest.LIMITS;
import static io.foreshard.flowsharder.session.HostilePeerTest.MEMORY;
import static io.foreshard.flowsharder.session.HostilePeerTest.THEIRS;
import static io.foreshard.flowsharder.session.HostilePeerTest.assertUnharmed;
import static io.foreshard.flowsharder.session.HostilePeerTest.honestFlow;
import static io.foreshard.flowsharder.session.HostilePeerTest.ranges;
import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile leg can make a session hold, repeat or wait for. */
class HostileBoundsTest {

    /** Frames that are late are no reason to say anything, a flow that only one side knows is. */
    @Test
    void whoSendsForLongOfAFlowThatIsNotKnownIsTold() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg leg = new HostileLeg(bench, bench.egress, 66);
            leg.acknowledges = true;
            long late = 2 * LIMITS.convictNanos();
            for (long waited = 0; waited < late; waited += SECOND / 2) {
                leg.data(THEIRS, waited / MILLI, "x", false);
                leg.say(leg.says.ack(THEIRS + 1, 1, 5, ranges(), false));
                bench.run(SECOND / 2);
            }
            assertEquals(0, leg.heard[HostileLeg.RESET]);
            for (int i = 0; i < 8; i++) {
                leg.data(THEIRS, i, "x", false);
                leg.say(leg.says.ack(THEIRS + 1, 1, 5, ranges(), false));
                bench.run(SECOND / 2);
            }
            assertEquals(2, leg.heard[HostileLeg.RESET], "one for each flow");
        }
    }

    @Test
    void whoSendsOfAnyFlowsIsToldNothing() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg leg = new HostileLeg(bench, bench.egress, 66);
            leg.acknowledges = true;
            for (int i = 1; i < 100_000; i++) {
                leg.data(THEIRS + i, 0, "x", false);
                if (i % 1_000 == 0) {
                    bench.run(SECOND / 4);
                }
            }
            assertEquals(0, leg.heard[HostileLeg.RESET]);
        }
    }

    /** Its end may still have to read what came. */
    @Test
    void aResetIsNoNewsToAFlowOfWhichAllWasDelivered() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg leg = new HostileLeg(bench, bench.egress, 66);
            leg.say(leg.says.ping());
            leg.open(THEIRS);
            RecordingEnd end = bench.egress.accepted.get(0);
            end.finish();
            leg.data(THEIRS, 0, "", true);
            leg.say(leg.says.ack(THEIRS, 1, 5, ranges(), false));
            leg.say(leg.says.reset(THEIRS, 10));
            assertTrue(end.ended);
            assertEquals(null, end.reset);
        }
    }

    /** Whoever sends without end and reads nothing has marks wait, not frames; when it reads again it is told how things stand. */
    @Test
    void whoDoesNotReadGetsNoLineOfAnswers() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            hostile.open(THEIRS);
            int acks = hostile.heard[HostileLeg.ACK];
            hostile.full = true;
            for (int i = 0; i < 10_000; i++) {
                hostile.say(hostile.says.ping());
                hostile.data(THEIRS, i, "x", false);
            }
            for (int i = 1; i < 10; i++) {
                hostile.open(THEIRS + i);
                hostile.data(THEIRS + i, 5, "x", true);
                hostile.data(THEIRS + i, 0, "123456", true);
            }
            assertEquals(0, hostile.waitingBytes);
            hostile.full = false;
            bench.egress.session.onWritable(bench.now);
            assertEquals(acks, hostile.heard[HostileLeg.ACK], "others are quicker");
            assertEquals(1, hostile.heard[HostileLeg.LEG_ACK] - 1, "one for all");
            assertUnharmed(bench, near);
        }
    }

    @Test
    void whatIsOwedIsPaidWhenALegTakesMoreAgain() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg.expect(bench.egress);
            HostileLeg only = new HostileLeg(bench, bench.egress, 66);
            only.open(THEIRS);
            assertEquals(1, only.heard[HostileLeg.ACK]);
            only.full = true;
            only.data(THEIRS, 0, "some", true);
            assertEquals(1, only.heard[HostileLeg.ACK]);
            only.full = false;
            bench.egress.session.onWritable(bench.now);
            assertEquals(2, only.heard[HostileLeg.ACK]);
        }
    }

    private static HostileLeg acknowledgingUntilFull(SessionBench bench) {
        HostileLeg leg = new HostileLeg(bench, bench.ingress, 66);
        leg.acknowledges = true;
        leg.takesBytes = 100_000;
        leg.say(leg.says.ping());
        assertTrue(bench.until(() -> !leg.isWritable(), SECOND));
        return leg;
    }

    /** It says that all has arrived, so it is never silent. */
    @Test
    void aLegThatAcknowledgesAndDoesNotReadIsClosed() {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg clogged = acknowledgingUntilFull(bench);
            bench.run(LIMITS.convictNanos() - 200 * MILLI);
            assertFalse(clogged.leg.isDead());
            bench.run(SECOND / 2);
            assertEquals(LegEndReason.CLOGGED, bench.ingress.reasons.get(66));
            assertEquals(1L, bench.ingress.counters.get(FlowSharderReason.CLOGGED_LEG));
            bench.run(2 * SECOND);
            assertEquals(0, clogged.writtenBehindEnd);
            assertUnharmed(bench, near);
        }
    }

    /** What takes nothing for a time, and then something, is slow. */
    @Test
    void aLegThatIsReadNowAndThenIsNotClosed() {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg slow = acknowledgingUntilFull(bench);
            for (int i = 0; i < 5; i++) {
                bench.run(LIMITS.convictNanos() - SECOND);
                assertFalse(slow.leg.isDead());
                slow.waitingBytes--;
            }
            assertUnharmed(bench, near);
        }
    }

    @Test
    void aLegIsNotClosedForThePausesOfThisSide() {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg slow = acknowledgingUntilFull(bench);
            bench.run(SECOND);
            bench.ingress.pause(LIMITS.convictNanos() - SECOND / 2);
            bench.run(LIMITS.convictNanos());
            assertFalse(slow.leg.isDead());
            assertUnharmed(bench, near);
        }
    }

    /** Whoever opens and resets without end and reads nothing leaves nothing behind. */
    @Test
    void flowsThatAreOverWaitInNoLine() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg.expect(bench.egress);
            HostileLeg only = new HostileLeg(bench, bench.egress, 66);
            only.full = true;
            for (int i = 0; i < 1_000; i++) {
                only.open(THEIRS + i);
                only.say(only.says.ack(THEIRS + i, 0, 5, ranges(), false));
                only.say(only.says.reset(THEIRS + i, 10));
            }
            assertEquals(0, bench.egress.session.flowCount());
            assertEquals(0, bench.egress.session.debts.size());
            assertTrue(bench.egress.session.pump.isIdle());
        }
    }

    /** It seems to be the quickest of all, so what is sent again would go over it as well. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLegThatAcknowledgesAndDropsDoesNotStopAFlow(boolean bothWays) {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            RecordingEnd far = bench.egress.accepted.get(0);
            HostileLeg dropping = new HostileLeg(bench, bench.ingress, 66);
            dropping.acknowledges = true;
            dropping.say(dropping.says.ping());
            if (bothWays) {
                far.send(100_000_000);
            }
            long begin = bench.now;
            assertTrue(bench.until(() -> far.ended, 60 * SECOND), () -> far.receivedBytes + " came");
            assertTrue(bench.now - begin < 2 * SECOND, () -> (bench.now - begin) / MILLI + " ms");
            assertEquals(4_000_000, far.receivedBytes);
            assertEquals(null, near.reset);
            assertEquals(null, far.reset);
        }
    }

    /** Opens a flow, and sends 128 000 bytes of it from an offset on. */
    private static void openAndFill(HostileLeg hostile, int flow, long offset) {
        String piece = "x".repeat(32_000);
        hostile.open(flow);
        for (int i = 0; i < 4; i++) {
            hostile.data(flow, offset + (long) i * piece.length(), piece, false);
        }
    }

    /** Many flows, and all of each but its first byte: what waits in all of them together has a bound, and the honest flow goes on. */
    @Test
    void manyFlowsOutOfOrderHoldNoMoreThanMayBe() {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            for (int flow = 0; flow < 400; flow++) {
                openAndFill(hostile, THEIRS + flow, 1);
            }
            assertTrue(bench.egress.counters.get(FlowSharderReason.REORDER_MEMORY) > 0);
            assertTrue(bench.allocator.liveBytes() < 2 * MEMORY, () -> bench.allocator.liveBytes() + " bytes");
            assertUnharmed(bench, near);
        }
    }

    /** Their ends read nothing: each may have a piece, and no more begin. */
    @Test
    void flowsThatNobodyReadsHoldNoMoreThanMayBe() {
        try (SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            HostileLeg.Keeping slow = new HostileLeg.Keeping();
            bench.egress.onFlow = (end, target) -> {
                if (end.flow != null) {
                    end.flow.attach(slow);
                }
            };
            int flows = 0;
            for (; bench.egress.counters.get(FlowSharderReason.FLOW_MEMORY) == 0 && flows < 1_000; flows++) {
                openAndFill(hostile, THEIRS + flows, 0);
            }
            assertTrue(flows < 100, flows + " flows");
            assertTrue(bench.allocator.liveBytes() < 2 * MEMORY, () -> bench.allocator.liveBytes() + " bytes");
            assertUnharmed(bench, near);
            slow.pieces.forEach(ByteBuf::release);
        }
    }
}
