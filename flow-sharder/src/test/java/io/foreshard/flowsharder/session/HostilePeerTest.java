package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One leg of a session says what it likes, while an honest flow goes over the others. */
class HostilePeerTest {

    static final int THEIRS = 1000;
    static final long MEMORY = 8 << 20;
    static final SessionLimits LIMITS =
            SessionLimits.defaults().withMostFlows(20).withResumeNanos(5 * SECOND);

    static AckRanges ranges(long... ends) {
        AckRanges ranges = new AckRanges();
        for (int i = 0; i < ends.length; i += 2) {
            ranges.add(ends[i], ends[i + 1]);
        }
        return ranges;
    }

    private static Arguments deed(String name, FlowSharderReason reason, boolean closes, Consumer<HostileLeg> deed) {
        return arguments(name, reason, closes, deed);
    }

    static Stream<Arguments> deeds() {
        return Stream.of(
                deed(
                        "a second token",
                        FlowSharderReason.OUT_OF_TURN,
                        true,
                        leg -> leg.say(leg.says.join(new JoinToken(1, 1, 2, 3, 4, 5, 6, 7, 8, 9)))),
                deed(
                        "an answer to none",
                        FlowSharderReason.OUT_OF_TURN,
                        true,
                        leg -> leg.say(leg.says.joined(new JoinProof(1, 2, 3, 4)))),
                deed(
                        "bytes that were never sent",
                        FlowSharderReason.FALSE_ACK,
                        true,
                        leg -> leg.say(leg.says.legAck(Long.MAX_VALUE))),
                deed("a piece that was never sent", FlowSharderReason.FALSE_ACK, true, leg -> {
                    leg.open(THEIRS);
                    leg.say(leg.says.ack(THEIRS, 1, 5, ranges(), false));
                }),
                deed("ranges that were never sent", FlowSharderReason.FALSE_ACK, true, leg -> {
                    leg.open(THEIRS);
                    leg.say(leg.says.ack(THEIRS, 0, 5, ranges(3, Long.MAX_VALUE), false));
                }),
                deed("far beyond credit", FlowSharderReason.BEYOND_CREDIT, false, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, Long.MAX_VALUE - 2, "x", true);
                }),
                deed("just beyond credit", FlowSharderReason.BEYOND_CREDIT, false, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, LIMITS.leastWindowBytes(), "x", false);
                }),
                deed("a negative offset", FlowSharderReason.MALFORMED_FRAME, true, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, -1, "x", false);
                }),
                deed("two ends", FlowSharderReason.CONTRADICTION, false, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, 10, "x", true);
                    leg.data(THEIRS, 5, "y", true);
                }),
                deed("bytes behind the end", FlowSharderReason.CONTRADICTION, false, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, 0, "x", true);
                    leg.data(THEIRS, 1, "y", false);
                }),
                deed("an end before what was delivered", FlowSharderReason.CONTRADICTION, false, leg -> {
                    leg.open(THEIRS);
                    leg.data(THEIRS, 0, "abc", false);
                    leg.data(THEIRS, 0, "a", true);
                }),
                deed("data of no flow", FlowSharderReason.FLOW_OVER, false, leg -> leg.data(THEIRS, 0, "x", false)),
                deed("flows behind its leave", FlowSharderReason.OUT_OF_TURN, true, leg -> {
                    leg.say(leg.says.leave());
                    leg.open(THEIRS);
                }),
                deed("more flows than may be", FlowSharderReason.TOO_MANY_FLOWS, true, leg -> {
                    for (int i = 0; i < 1_000; i++) {
                        leg.open(THEIRS + i);
                    }
                }),
                deed(
                        "an unknown type",
                        FlowSharderReason.MALFORMED_FRAME,
                        true,
                        leg -> leg.say(Unpooled.buffer().writeByte(4).writeZero(40))),
                deed(
                        "more than a frame holds",
                        FlowSharderReason.OVERSIZE_FRAME,
                        true,
                        leg -> leg.say(Unpooled.buffer()
                                .writeByte(3)
                                .writeByte(0)
                                .writeShort(65_535)
                                .writeZero(8))),
                deed("a changed byte", FlowSharderReason.CHECKSUM, true, leg -> {
                    ByteBuf frame = leg.says.open(THEIRS, 1, "origin:80");
                    leg.say(frame.setByte(frame.writerIndex() - 1, '1'));
                }),
                deed("a frame again", FlowSharderReason.CHECKSUM, true, leg -> {
                    ByteBuf frame = leg.says.open(THEIRS, 1, "origin:80");
                    leg.say(frame.retainedDuplicate());
                    leg.say(frame);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deeds")
    void costsItsSenderAndNobodyElse(String name, FlowSharderReason reason, boolean closes, Consumer<HostileLeg> deed) {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            deed.accept(hostile);
            assertTrue(bench.egress.counters.get(reason) > 0, reason + " was not counted");
            assertEquals(closes, hostile.leg.isDead());
            assertUnharmed(bench, near);
            assertTrue(bench.egress.session.flowCount() <= 2 * LIMITS.mostFlows(), "flows have a bound");
        }
    }

    static RecordingEnd honestFlow(SessionBench bench) {
        HostileLeg.expect(bench.egress);
        bench.line(1, 12.5e6, 10 * MILLI);
        bench.line(2, 12.5e6, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        near.send(4_000_000);
        near.finish();
        assertTrue(bench.until(() -> bench.egress.accepted.size() == 1, SECOND), "no flow came");
        return near;
    }

    static void assertUnharmed(SessionBench bench, RecordingEnd near) {
        RecordingEnd far = bench.egress.accepted.get(0);
        far.send(1_000_000);
        far.finish();
        assertTrue(bench.until(() -> far.ended && near.ended, 20 * SECOND), "the honest flow did not end");
        assertEquals(4_000_000, far.receivedBytes);
        assertEquals(1_000_000, near.receivedBytes);
        assertEquals(null, far.reset);
        assertEquals(null, near.reset);
    }

    /** The far edge has no business to open any flow, least of all one that is there. */
    @Test
    void noFlowTakesAnothersNumber() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            HostileLeg hostile = new HostileLeg(bench, bench.ingress, 66);
            hostile.open(1);
            assertTrue(hostile.leg.isDead());
            assertEquals(1L, bench.ingress.counters.get(FlowSharderReason.OUT_OF_TURN));
            assertUnharmed(bench, near);
        }
    }

    @Test
    void whoLeavesAgainAndAgainIsAnsweredOnce() {
        try (SessionBench bench = new SessionBench()) {
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            for (int i = 0; i < 1_000; i++) {
                hostile.say(hostile.says.leave());
            }
            assertEquals(1, hostile.heard[HostileLeg.LEAVE]);
        }
    }

    @Test
    void aFlowThatWasResetBeforeItCameDoesNotBegin() {
        try (SessionBench bench = new SessionBench()) {
            HostileLeg fast = new HostileLeg(bench, bench.egress, 66);
            HostileLeg slow = new HostileLeg(bench, bench.egress, 67);
            fast.say(fast.says.reset(1, 3));
            slow.open(1);
            assertEquals(0, bench.egress.session.flowCount());
            slow.open(2);
            assertEquals(1, bench.egress.session.flowCount());
        }
    }

    @Test
    void numbersOfFlowsMayBeginAnew() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg leg = new HostileLeg(bench, bench.egress, 66);
            leg.acknowledges = true;
            for (int id : new int[] {1, Integer.MAX_VALUE, -2, -1, 1}) {
                leg.open(id);
                leg.say(leg.says.reset(id, 3));
                bench.run(SECOND);
            }
            assertEquals(5, bench.egress.accepted.size());
        }
    }

    /** All is acknowledged by the leg, nothing by the flow: it is sent again and again, but not remembered as often. */
    @Test
    void whoNeverDeliversMakesNothingGrow() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            hostile.acknowledges = true;
            hostile.say(hostile.says.ping());
            hostile.open(1);
            bench.egress.accepted.get(0).send(10_000);
            bench.run(120 * SECOND);
            Flow flow = bench.egress.accepted.get(0).flow;
            int[] frames = {0};
            if (flow != null) {
                flow.out.frames().forEach(frame -> frames[0]++);
            }
            assertTrue(hostile.heard[8] > 100, "sent again: " + hostile.heard[8]);
            assertTrue(frames[0] < 10, "remembered: " + frames[0]);
        }
    }

    @Test
    void anEndThatResetsWhatItIsHandedOwesNoMemory() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            List<Flow> flows = new ArrayList<>();
            bench.egress.onFlow = (end, target) -> {
                Flow flow = end.flow;
                if (flow != null) {
                    flows.add(flow);
                    flow.attach(new HostileLeg.Keeping() {
                        @Override
                        public void onData(ByteBuf piece) {
                            piece.release();
                            flow.reset(ResetReason.CONNECTION_RESET, bench.now);
                        }
                    });
                }
            };
            hostile.open(1);
            for (int i = 0; i < 100; i++) {
                hostile.data(1, 1 + 1_000L * i, "x".repeat(1_000), false);
            }
            assertTrue(bench.egress.memory.usedBytes() <= MEMORY);
            hostile.data(1, 0, "x", false);
            assertTrue(flows.get(0).isReset());
            assertEquals(0, bench.egress.memory.usedBytes());
        }
    }

    /** One byte of each second place: what waits is charged for more than its bytes. */
    @Test
    void crumbsOutOfOrderCostWhoSendsThem() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            hostile.open(1);
            for (long offset = 1; offset < LIMITS.leastWindowBytes(); offset += 2) {
                hostile.data(1, offset, "x", false);
            }
            assertTrue(bench.egress.counters.get(FlowSharderReason.REORDER_MEMORY) > 0);
            Flow flow = bench.egress.accepted.get(0).flow;
            assertTrue(flow != null && flow.in.buffer().earlyPieces() <= 4096);
            assertTrue(bench.egress.memory.usedBytes() > 100_000, "pieces are charged");
            assertTrue(bench.allocator.peakBytes() < MEMORY, () -> bench.allocator.peakBytes() + " bytes");
        }
    }

    /** A byte that waits for a slow reader must not keep the buffer that it came in. */
    @Test
    void aByteDoesNotHoldTheBufferThatItCameIn() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            HostileLeg hostile = new HostileLeg(bench, bench.egress, 66);
            HostileLeg.Keeping slow = new HostileLeg.Keeping();
            bench.egress.onFlow = (end, target) -> {
                if (end.flow != null) {
                    end.flow.attach(slow);
                }
            };
            hostile.open(1);
            for (int i = 0; i < 100; i++) {
                ByteBuf piece = Unpooled.buffer(1).writeByte('x');
                ByteBuf header = hostile.says.dataHeader(1, i, piece, false, false);
                hostile.say(bench.allocator.buffer(256 << 10).writeBytes(header).writeBytes(piece));
                header.release();
                piece.release();
            }
            assertEquals(100, slow.pieces.size());
            assertTrue(bench.allocator.liveBytes() < 100_000, () -> bench.allocator.liveBytes() + " bytes");
            slow.pieces.forEach(ByteBuf::release);
        }
    }

    /** Or else the edge would keep such sessions for ever. */
    @Test
    void whatIsOwedToNobodyIsForgotten() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            RecordingEnd near = honestFlow(bench);
            Flow far = bench.egress.accepted.get(0).flow;
            List.copyOf(bench.egress.session.legs())
                    .forEach(leg -> bench.egress.session.onLegFailed(leg, LegEndReason.CONNECTION_LOST, bench.now));
            if (far != null) {
                far.reset(ResetReason.CONNECTION_RESET, bench.now);
            }
            bench.run(2 * LIMITS.resumeNanos());
            assertEquals(0, bench.egress.session.flowCount());
            assertFalse(near.ended);
        }
    }

    @Test
    void aSchedulerIsAskedOfNoMoreLegsThanItCanName() {
        try (SessionBench bench = new SessionBench(LIMITS, MEMORY)) {
            for (int id = 1; id <= 70; id++) {
                bench.line(id, 1e6, 5 * MILLI);
            }
            bench.run(SECOND);
            bench.ingress.session.legs.choose(bench.now);
            assertEquals(Long.SIZE, bench.ingress.session.legs.size());
        }
    }
}
