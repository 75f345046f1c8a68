package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bugs and attacks that reassemblers are known for; numbers in comments are those of the defect that a test stands for. */
class BoundsTest {

    private static final long MIB = 1L << 20;

    /** RakNet #143: one packet that announces 2^32 parts takes the process down. */
    @Test
    void anAnnouncedLengthCostsNothing() {
        try (Bench bench = new Bench(builder -> builder.maxBytes(16L << 30).maxMessageBytes(Integer.MAX_VALUE - 16))) {
            Bench.Peer peer = bench.peer();
            long before = bench.engine.usedBytes();
            ByteBuf packet = bench.allocator.directBuffer(1200).writeZero(1144);
            ShardHeader huge = new ShardHeader()
                    .message(1, Integer.MAX_VALUE - 12L, 0, Contract.RELIABLE, 16)
                    .block(32_000, 0, 1144)
                    .shard(0, 1144, 0);
            assertEquals(ShardOutcome.ACCEPTED, bench.engine.onShard(peer.source, huge, packet, 0, 7, bench.now));
            packet.release();
            long held = bench.engine.usedBytes() - before;
            assertTrue(held < 4_000, "held: " + held);
        }
    }

    /** 4 GiB announced, the most that the header can say. */
    @Test
    void aMessageBeyondTheLimitFailsAndHoldsNothing() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            long before = bench.engine.usedBytes();
            ByteBuf packet = bench.allocator.directBuffer(1200).writeZero(1144);
            ShardHeader huge = new ShardHeader()
                    .message(1, 0xFFFFFFFFL, 0, Contract.RELIABLE, 16)
                    .block(0, 0, 1144)
                    .shard(0, 1144, 0);
            assertEquals(ShardOutcome.DROPPED, bench.engine.onShard(peer.source, huge, packet, 0, 7, bench.now));
            assertEquals(ShardOutcome.ALREADY_FAILED, bench.engine.onShard(peer.source, huge, packet, 0, 7, bench.now));
            packet.release();
            assertEquals(before, bench.engine.usedBytes());
            assertEquals(RejectReason.TOO_LARGE, peer.failures.get(0).reason());
            assertEquals(RejectReason.TOO_LARGE, bench.engine.failureOf(peer.source, 1));
            assertEquals(1, peer.failures.size());
            peer.receiveAll(bench.message(1, 3_000, 1144, 16).packets());
            assertEquals(1, peer.messages.size(), "the same id, not too large");
        }
    }

    /** CloudburstMC/Network #58 and go-raknet #29: many messages, one shard each, until memory is gone. */
    @Test
    void whatIsReallyRetainedStaysWithinTheBudget() {
        try (Bench bench = new Bench(builder -> builder.maxBytes(4 * MIB)
                .maxBytesPerSource(4 * MIB)
                .maxMessageBytes(MIB)
                .maxMessagesPerSource(100_000))) {
            Bench.Peer peer = bench.peer();
            for (int id = 0; id < 20_000; id++) {
                peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, id % 4));
                assertTrue(bench.allocator.liveBytes() <= 4 * MIB, "retained: " + bench.allocator.liveBytes());
            }
            assertTrue(bench.engine.peakBytes() <= 4 * MIB);
            assertTrue(bench.engine.peakBytes() > 3 * MIB, "the budget is used");
        }
    }

    /** A shard of 60 bytes in a receive buffer of 64 KiB pins all of it unless it is copied out. */
    @Test
    void copiesASmallShardOutOfALargeBuffer() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 500, 16);
            ByteBuf large = bench.allocator.directBuffer(65_536);
            for (int index = 0; index < 5; index++) {
                ByteBuf packet = message.packet(0, index);
                int start = large.writerIndex();
                large.writeBytes(packet);
                packet.release();
                peer.receive(large.retainedSlice(start, large.writerIndex() - start));
            }
            assertEquals(1, large.refCnt(), "nobody else holds it");
            large.release();
            assertTrue(bench.allocator.liveBytes() < 4_000, "retained: " + bench.allocator.liveBytes());
        }
    }

    @Test
    void chargesTheCapacityThatASliceRetains() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            long before = peer.source.heldBytes();
            peer.receive(bench.message(1, 50_000, 1144, 16).packet(0, 0));
            long one = peer.source.heldBytes() - before;
            peer.receive(bench.message(1, 50_000, 1144, 16).packet(0, 1));
            long another = peer.source.heldBytes() - before - one;
            assertTrue(another >= 1208, "a shard: " + another);
            assertTrue(one > another, "the message and its block: " + (one - another));
            assertEquals(before + one + another, bench.engine.usedBytes());
        }
    }

    /** CloudburstMC/Network PR 78: slots chosen by id & 255 merge two messages. */
    @Test
    void idsThatDifferByAPowerOfTwoAreDifferentMessages() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            long[] ids = {5, 5 + 256, 5 + 65_536, 5 + (1L << 32), 5 + Long.MIN_VALUE};
            for (int index = 0; index < 3; index++) {
                for (long id : ids) {
                    peer.receive(new TestMessage(id, 1_500, 600, 16)
                            .allocator(bench.allocator)
                            .packet(0, index));
                }
            }
            assertEquals(ids.length, peer.messages.size());
            for (int i = 0; i < ids.length; i++) {
                assertTrue(new TestMessage(ids[i], 1_500, 600, 16).isContentOf(peer.messages.get(i)));
            }
        }
    }

    /** CVE-2016-2179, CVE-2014-3507: what stays after the end, and duplicates that leak. */
    @Test
    void lateShardsAndDuplicatesHoldNothing() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 600, 16);
            peer.receiveAll(message.packets());
            peer.release();
            long held = bench.engine.usedBytes();
            for (ByteBuf packet : message.packets()) {
                assertEquals(ShardOutcome.ALREADY_DELIVERED, peer.receive(packet));
            }
            assertEquals(held, bench.engine.usedBytes());
            assertEquals(0, bench.allocator.liveBuffers());
            assertEquals(message.shards(0), bench.count(ReassemblyReason.LATE_AFTER_DELIVERY));
        }
    }

    @Test
    void remembersAsManyEndedMessagesAsAskedAndForgetsTheOldest() {
        try (Bench bench = new Bench(builder -> builder.finishedMemory(100))) {
            Bench.Peer peer = bench.peer();
            for (int i = 0; i < 1_000; i++) {
                peer.receive(bench.message(i * 1_000L, 100, 600, 16).packet(0, 0));
                peer.release();
            }
            assertEquals(
                    ShardOutcome.ALREADY_DELIVERED,
                    peer.receive(bench.message(900_000, 100, 600, 16).packet(0, 0)));
            assertEquals(
                    ShardOutcome.COMPLETED,
                    peer.receive(bench.message(899_000, 100, 600, 16).packet(0, 0)));
        }
    }

    @Test
    void refusesMoreSourcesThanAllowed() {
        try (Bench bench = new Bench(builder -> builder.maxSources(2))) {
            Bench.Peer first = bench.peer();
            bench.peer();
            assertNull(bench.engine.open(first, true, bench.now));
            assertEquals(1, bench.count(ReassemblyReason.SOURCES_EXHAUSTED));
            bench.engine.close(first.source);
            bench.engine.close(first.source);
            ShardSource next = bench.engine.open(first, true, bench.now);
            assertNotNull(next);
            bench.engine.close(next);
        }
    }

    @Test
    void aClosedSourceDropsAndHoldsNothing() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, 5_000, 600, 16);
            peer.receive(message.packet(0, 0));
            bench.engine.close(peer.source);
            assertEquals(ShardOutcome.DROPPED, peer.receive(message.packet(0, 1)));
            assertEquals(0, bench.engine.usedBytes());
            assertEquals(0, peer.source.heldBytes());
            assertEquals(0, peer.source.creditBytes());
            assertEquals(0, peer.failures.size());
        }
    }

    @Test
    void dropsWhatIsBeyondTheQuotaOfASource() {
        try (Bench bench =
                new Bench(builder -> builder.maxBytesPerSource(100_000).maxMessageBytes(50_000))) {
            Bench.Peer peer = bench.peer();
            for (int id = 0; id < 100; id++) {
                TestMessage message = bench.message(id, 50_000, 1144, 16);
                for (int index = 0; index < 30; index++) {
                    peer.receive(message.packet(0, index));
                }
            }
            assertTrue(bench.count(ReassemblyReason.SOURCE_QUOTA) > 0);
            assertTrue(peer.source.heldBytes() < 300_000 + 65_536, "held: " + peer.source.heldBytes());
            assertEquals(100_000, peer.source.creditBytes());
        }
    }

    @Test
    void replacesAnUnlikelyMessageOfItsOwnWhenThereAreTooMany() {
        try (Bench bench = new Bench(builder -> builder.maxMessagesPerSource(4))) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(10 * Bench.MILLI, Bench.MILLI, 0);
            for (int id = 0; id < 4; id++) {
                peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, 0));
            }
            assertEquals(
                    ShardOutcome.DROPPED,
                    peer.receive(bench.message(9, 5_000, 1144, 16).packet(0, 0)));
            assertEquals(1, bench.count(ReassemblyReason.MESSAGE_QUOTA));
            bench.passMillis(2_000);
            peer.receive(bench.message(2, 5_000, 1144, 16).packet(0, 1));
            TestMessage late = bench.message(10, 5_000, 1144, 16);
            peer.receiveAll(late.packets());
            assertTrue(late.isContentOf(peer.messages.get(0)));
            assertEquals(RejectReason.EVICTED, peer.failures.get(0).reason());
            assertEquals(1, bench.count(ReassemblyReason.EVICTED_OWN));
            assertNotNull(bench.engine.progress(peer.source, 2, bench.now), "the one that goes on");
        }
    }

    @Test
    void strangersShareOnePool() {
        try (Bench bench = new Bench(builder -> builder.unvalidatedPoolBytes(200_000))) {
            long others = 0;
            for (int i = 0; i < 30; i++) {
                Bench.Peer stranger = bench.peer(false);
                peerFills(bench, stranger);
                others += stranger.source.heldBytes();
            }
            assertTrue(bench.engine.usedBytes() <= 200_000, "held: " + bench.engine.usedBytes());
            assertTrue(others > 100_000);
            Bench.Peer known = bench.peer();
            peerFills(bench, known);
            assertEquals(50, known.source.heldMessages());
            Bench.Peer stranger = bench.peer(false);
            TestMessage message = bench.message(1, 3_000, 1144, 16);
            peerFillsNothing(bench, stranger, message);
        }
    }

    private static void peerFills(Bench bench, Bench.Peer peer) {
        for (int id = 0; id < 50; id++) {
            peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, 0));
        }
    }

    private static void peerFillsNothing(Bench bench, Bench.Peer peer, TestMessage message) {
        peer.receiveAll(message.packets());
        assertEquals(1, peer.messages.size(), "a small stranger gets room from those that hold most of the pool");
        assertTrue(bench.count(ReassemblyReason.EVICTED_GLOBAL) > 0);
    }

    @Test
    void aValidatedSourceLeavesThePool() {
        try (Bench bench = new Bench(builder -> builder.unvalidatedPoolBytes(20_000))) {
            Bench.Peer peer = bench.peer(false);
            for (int id = 0; id < 50; id++) {
                peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, 0));
            }
            assertTrue(peer.source.heldMessages() < 10);
            assertTrue(bench.count(ReassemblyReason.UNVALIDATED_POOL) > 0);
            peer.source.validate();
            peer.source.validate();
            for (int id = 100; id < 150; id++) {
                peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, 0));
            }
            assertTrue(peer.source.heldMessages() >= 50);
            Bench.Peer stranger = bench.peer(false);
            stranger.receive(bench.message(1, 5_000, 1144, 16).packet(0, 0));
            assertEquals(1, stranger.source.heldMessages(), "the pool is empty again");
        }
    }

    @Test
    void anHonestSourceKeepsItsGoodputWhileOthersFlood() {
        int honestDone = 0;
        int sent = 0;
        try (Bench bench = new Bench(builder -> builder.maxBytes(4 * MIB)
                .maxBytesPerSource(3 * MIB)
                .maxMessageBytes(MIB)
                .maxMessagesPerSource(10_000))) {
            Bench.Peer flood = bench.peer();
            Bench.Peer honest = bench.peer();
            flood.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            honest.source.onPath(20 * Bench.MILLI, Bench.MILLI, 0);
            for (int round = 0; round < 200; round++) {
                TestMessage message = bench.message(round, 20_000, 1144, 16);
                List<ByteBuf> packets = message.packets();
                sent++;
                for (ByteBuf packet : packets) {
                    honest.receive(packet);
                    for (int i = 0; i < 8; i++) {
                        long id = 1_000_000L + round * 1_000L + i + packets.indexOf(packet) * 10L;
                        flood.receive(bench.message(id, 5_000, 1144, 16).packet(0, 1));
                    }
                }
                honestDone += honest.messages.size();
                honest.release();
                bench.passMillis(5);
            }
            assertTrue(
                    bench.count(ReassemblyReason.EVICTED_GLOBAL) + bench.count(ReassemblyReason.EVICTED_OWN) > 0
                            || bench.count(ReassemblyReason.BUDGET_EXHAUSTED) > 0,
                    "the flood has filled the budget");
            assertTrue(bench.engine.peakBytes() <= 4 * MIB);
            assertTrue(bench.engine.peakBytes() > 3 * MIB);
        }
        assertTrue(honestDone >= sent * 9 / 10, "delivered " + honestDone + " of " + sent);
    }

    @Test
    void creditShrinksUnderPressureButNeverBelowAShare() {
        try (Bench bench = new Bench(builder -> builder.maxBytes(4 * MIB)
                .maxBytesPerSource(2 * MIB)
                .maxMessageBytes(MIB / 4)
                .maxMessagesPerSource(10_000))) {
            Bench.Peer idle = bench.peer();
            assertEquals(3 * MIB / 2, idle.source.creditBytes());
            long smallest = Long.MAX_VALUE;
            for (int source = 0; source < 20; source++) {
                Bench.Peer peer = bench.peer();
                for (int id = 0; id < 150; id++) {
                    peer.receive(bench.message(id, 5_000, 1144, 16).packet(0, 0));
                }
                smallest = Math.min(smallest, idle.source.creditBytes());
            }
            assertTrue(smallest < MIB, "credit: " + smallest);
            assertTrue(smallest > 50_000, "a share for each source: " + smallest);
        }
    }

    @Test
    void aMessageOfTheLargestSizeFitsTheQuota() {
        try (Bench bench = new Bench(builder -> builder.maxBytesPerSource(MIB).maxMessageBytes(MIB))) {
            Bench.Peer peer = bench.peer();
            TestMessage message = bench.message(1, (int) MIB, 1000, 16);
            peer.receiveAll(message.packets());
            assertTrue(message.isContentOf(peer.messages.get(0)));
        }
    }

    @Test
    void survivesAnAllocatorWithoutMemory() {
        Reassembler engine = Reassembler.builder()
                .hashKeys(1, 2)
                .allocator(new ExhaustedAllocator())
                .build(0);
        ShardSource source = engine.open(new IgnoringListener(), true, 0);
        assertNotNull(source);
        long before = engine.usedBytes();
        ByteBuf large = Unpooled.directBuffer(65_536).writeZero(1_000);
        ShardHeader header = new ShardHeader()
                .message(1, 5_000, 0, Contract.RELIABLE, 16)
                .block(0, 0, 500)
                .shard(0, 500, 0);
        assertEquals(ShardOutcome.DROPPED, engine.onShard(source, header, large, 0, 7, 0));
        assertEquals(1, engine.count(ReassemblyReason.OUT_OF_MEMORY));
        assertEquals(before, engine.usedBytes());
        assertEquals(1, large.refCnt());
        large.release();
        engine.close(source);
    }
}
