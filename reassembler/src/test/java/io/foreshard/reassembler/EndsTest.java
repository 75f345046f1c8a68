package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.RejectReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How messages end without being whole. */
class EndsTest {

    @Test
    void failsAtTheDeadlineWithAMapOfTheHoles() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message =
                    bench.message(1, 5_000, 500, 16).contract(Contract.DEADLINE).deadlineMillis(50);
            peer.receiveAllBut(List.of(0, 4, 5, 9), message.packets());
            bench.passMillis(49);
            assertEquals(0, peer.failures.size());
            bench.passMillis(1);
            MessageFailure failure = peer.failures.get(0);
            assertEquals(RejectReason.DEADLINE, failure.reason());
            assertEquals(
                    List.of(new HoleMap.Hole(0, 500), new HoleMap.Hole(2_000, 1_000), new HoleMap.Hole(4_500, 500)),
                    failure.holes().holes());
            assertTrue(failure.holes().exact());
            assertEquals(2_000, failure.holes().missingBytes());
            assertNull(failure.partial());
            assertEquals(
                    50 * Bench.MILLI,
                    failure.info().endedNanos() - failure.info().firstShardNanos());
            assertEquals(7, failure.info().shards());
            assertEquals(ShardOutcome.ALREADY_FAILED, peer.receive(message.packet(0, 0)));
            assertEquals(RejectReason.DEADLINE, bench.engine.failureOf(peer.source, 1));
        }
    }

    @Test
    void deliversThePartialMessageIfAskedTo() {
        try (Bench bench = new Bench(builder -> builder.deliverPartial(true))) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 200_000, 500, 14)
                    .contract(Contract.DEADLINE)
                    .deadlineMillis(50);
            List<Integer> lost = IntStream.range(100, 300).boxed().toList();
            peer.receiveAllBut(lost, message.packets());
            bench.passMillis(50);
            MessageFailure failure = peer.failures.get(0);
            ByteBuf partial = failure.partial();
            assertNotNull(partial);
            byte[] expected = message.content.clone();
            for (HoleMap.Hole hole : failure.holes().holes()) {
                Arrays.fill(expected, (int) hole.offset(), (int) hole.end(), (byte) 0);
            }
            assertArrayEquals(expected, ByteBufUtil.getBytes(partial));
            assertTrue(failure.holes().missingBytes() > 90_000);
        }
    }

    @Test
    void aMissingTrailerIsNoHole() {
        try (Bench bench = new Bench(builder -> builder.deliverPartial(true))) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 1_000, 500, 16).deadlineMillis(50);
            peer.receiveAllBut(List.of(2), message.packets());
            bench.passMillis(50);
            MessageFailure failure = peer.failures.get(0);
            assertEquals(List.of(), failure.holes().holes());
            assertTrue(message.isContentOf(failure.partial()));
        }
    }

    @Test
    void theMapOfHolesIsBounded() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 100_000, 100, 12).deadlineMillis(50);
            List<Integer> lost =
                    IntStream.range(0, 900).filter(i -> i % 2 == 1).boxed().toList();
            peer.receiveAllBut(lost, message.packets());
            bench.passMillis(50);
            HoleMap holes = peer.failures.get(0).holes();
            assertEquals(HoleMap.MAX_HOLES, holes.holes().size());
            assertEquals(false, holes.exact());
            assertTrue(holes.holes().get(HoleMap.MAX_HOLES - 1).end() > 80_000);
        }
    }

    @Test
    void failsWhenNothingNewArrives() {
        try (Bench bench = new Bench(builder -> builder.maxStall(Duration.ofSeconds(2)))) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 500, 16);
            peer.receive(message.packet(0, 0));
            bench.passMillis(1_500);
            peer.receive(message.packet(0, 1));
            bench.passMillis(1_999);
            peer.receive(message.packet(0, 1));
            assertEquals(0, peer.failures.size());
            bench.passMillis(1);
            assertEquals(RejectReason.STALLED, peer.failures.get(0).reason());
            assertEquals(1, bench.count(ReassemblyReason.STALLED));
        }
    }

    @Test
    void theSenderMayGiveUp() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 500, 16);
            peer.receive(message.packet(0, 0));
            bench.engine.abandon(peer.source, 1, 77, bench.now);
            assertEquals(0, peer.failures.size(), "another total, another message");
            bench.engine.abandon(peer.source, 1, message.total(), bench.now);
            assertEquals(RejectReason.ABANDONED, peer.failures.get(0).reason());
            assertEquals(ShardOutcome.ALREADY_FAILED, peer.receive(message.packet(0, 1)));
        }
    }

    @Test
    void aMessageGivenUpBeforeItWasSeenStaysOut() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 500, 16);
            bench.engine.abandon(peer.source, 1, message.total(), bench.now);
            assertEquals(ShardOutcome.ALREADY_FAILED, peer.receive(message.packet(0, 1)));
            assertEquals(0, peer.source.heldMessages());
        }
    }

    @Test
    void givesUpBeforeTheDeadlineOnlyWhatIsHopeless() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            TestMessage slow = bench.message(1, 200_000, 500, 16).deadlineMillis(1_000);
            TestMessage quick = bench.message(2, 20_000, 500, 16).deadlineMillis(1_000);
            // 50 kB/s: the slow one needs 4 s, and 400 ms are enough for the quick one.
            int gaveUpAt = 0;
            for (int index = 0; index < 100 && peer.failures.isEmpty(); index++) {
                peer.receive(slow.packet(0, index));
                if (index < quick.shards(0)) {
                    peer.receive(quick.packet(0, index));
                }
                bench.passMillis(10);
                gaveUpAt = 10 * (index + 1);
            }
            assertEquals(1, bench.count(ReassemblyReason.HOPELESS));
            assertEquals(1, peer.failures.get(0).info().messageId());
            assertEquals(RejectReason.DEADLINE, peer.failures.get(0).reason());
            assertTrue(gaveUpAt < 900, "gave up after " + gaveUpAt + " ms");
        }
    }

    @Test
    void aListenerThatThrowsIsCountedAndChangesNothing() {
        Reassembler engine = Reassembler.builder().hashKeys(1, 2).build(0);
        ReassemblyListener thrower = new ReassemblyListener() {
            @Override
            public void onMessage(ShardSource source, MessageInfo info, ByteBuf message) {
                message.release();
                throw new IllegalStateException("test");
            }

            @Override
            public void onFailure(ShardSource source, MessageFailure failure) {
                throw new IllegalStateException("test");
            }

            @Override
            public void onFeedbackDue(ShardSource source) {
                throw new IllegalStateException("test");
            }
        };
        ShardSource source = engine.open(thrower, true, 0);
        assertNotNull(source);
        Packets.deliver(engine, source, new TestMessage(1, 3_000, 500, 16).packets(), 0);
        List<ByteBuf> gap = new TestMessage(2, 5_000, 500, 16).packets();
        gap.remove(1).release();
        Packets.deliver(engine, source, gap, 0);
        engine.advance(60_000 * Bench.MILLI);
        assertEquals(0, source.heldMessages());
        assertTrue(engine.count(ReassemblyReason.LISTENER_FAILED) >= 3);
        engine.close(source);
        assertEquals(0, engine.usedBytes());
    }

    @Test
    void aListenerMayCloseItsSource() {
        Reassembler engine = Reassembler.builder().hashKeys(1, 2).build(0);
        ReassemblyListener closer = new ReassemblyListener() {
            @Override
            public void onMessage(ShardSource source, MessageInfo info, ByteBuf message) {
                message.release();
                engine.close(source);
            }

            @Override
            public void onFailure(ShardSource source, MessageFailure failure) {
                engine.close(source);
            }

            @Override
            public void onFeedbackDue(ShardSource source) {
                engine.close(source);
            }
        };
        for (int lost : new int[] {-1, 1, 7}) {
            ShardSource source = engine.open(closer, true, 0);
            assertNotNull(source);
            List<ByteBuf> packets = new TestMessage(1, 5_000, 500, 16).packets();
            if (lost >= 0) {
                packets.remove(lost).release();
            }
            Packets.deliver(engine, source, packets, 0);
            engine.advance((lost + 2) * 100_000L * Bench.MILLI);
            assertEquals(0, engine.usedBytes());
        }
    }

    @Test
    void wrongConfigurationFailsAtBuild() {
        ReassemblerBuilder builder = Reassembler.builder().hashKeys(1, 2);
        assertMessage("maxBytes: 1 (expected: 65536…1125899906842624)", builder.maxBytes(1));
        builder.maxBytes(1 << 20);
        assertMessage("maxBytesPerSource: 16777216 (expected: 1…1048576)", builder);
        builder.maxBytesPerSource(1 << 20);
        assertMessage("maxMessageBytes: 16777216 (expected: 1…1048576)", builder);
        builder.maxMessageBytes(1 << 20);
        assertMessage("maxSources: 0 (expected: 1…16777216)", builder.maxSources(0));
        builder.maxSources(1);
        assertMessage("maxMessagesPerSource: -1 (expected: 1…16777216)", builder.maxMessagesPerSource(-1));
        builder.maxMessagesPerSource(1);
        assertMessage("finishedMemory: 0 (expected: 8…16777216)", builder.finishedMemory(0));
        builder.finishedMemory(8);
        assertMessage("maxStall: PT0S (expected: PT0.001S…PT1H)", builder.maxStall(Duration.ZERO));
        builder.maxStall(Duration.ofSeconds(1));
        assertMessage("unvalidatedPoolBytes: -1 (expected: 0…maxBytes 1048576)", builder.unvalidatedPoolBytes(-1));
        assertMessage(
                "unvalidatedPoolBytes: 1048577 (expected: 0…maxBytes 1048576)",
                builder.unvalidatedPoolBytes((1 << 20) + 1));
        assertNotNull(builder.unvalidatedPoolBytes(0).build(0));
    }

    private static void assertMessage(String message, ReassemblerBuilder builder) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> builder.build(0))
                        .getMessage());
    }
}
