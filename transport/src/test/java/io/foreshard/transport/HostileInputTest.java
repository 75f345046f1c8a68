package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.CloseReason;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.OutcomeCodec;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireReason;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileInputTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(500_000)
            .build();

    @Test
    void aWholeRecordedRunReplayedDeliversNothingTwiceAndFailsNothing() {
        try (SimulatedPair pair = new SimulatedPair(1, CLEAN)) {
            pair.serverTap.recording = true;
            pair.clientTap.recording = true;
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(pair.send(session, 20_000));
                sent.add(pair.send(pair.accepted(), 5_000));
            }
            pair.runUntilDone(sent, LIMIT);
            pair.serverTap.recording = false;
            pair.clientTap.recording = false;
            Future<Void> during = pair.send(session, 200_000);
            replay(pair, pair.serverTap, pair.clientAddress());
            replay(pair, pair.clientTap, pair.serverAddress());
            replay(pair, pair.serverTap, new InetSocketAddress("192.0.2.9", 7));
            pair.simulation.await(during, LIMIT);
            assertEquals(21, pair.atServer.messages.size());
            assertEquals(20, pair.atClient.messages.size());
            assertEquals(0, pair.atServer.failures.size());
            assertTrue(session.isOpen() && pair.accepted().isOpen());
            assertEquals(1, pair.atServer.opened.size());
            assertTrue(pair.count(pair.server, TransportReason.REPLAYED_PACKET) > 300);
        }
    }

    private static void replay(SimulatedPair pair, Tap tap, InetSocketAddress from) {
        for (Tap.Seen seen : tap.in) {
            tap.arrive(pair.message(seen.bytes()), from);
        }
        pair.simulation.runFor(Duration.ofMillis(100));
    }

    @Test
    void aRunReplayedAfterItsSessionHasEndedDeliversNothing() {
        try (SimulatedPair pair = new SimulatedPair(2, CLEAN)) {
            pair.serverTap.recording = true;
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 20_000), LIMIT);
            pair.simulation.await(session.close(), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(1));
            pair.serverTap.recording = false;
            replay(pair, pair.serverTap, pair.clientAddress());
            pair.simulation.runFor(Duration.ofSeconds(30));
            assertEquals(1, pair.atServer.messages.size());
            assertTrue(pair.atServer.opened.size() <= 2);
        }
    }

    /** Returns a packet number that a session's peer believes and that honest packets do not reach soon. */
    private static long ahead(ShardSession session) {
        return SimulatedPair.engine(session).path.sent.nextNumber() + 1000;
    }

    @Test
    void onePacketWithANumberFarAheadDoesNotMakeTheHonestOnesTooOld() {
        try (SimulatedPair pair = new SimulatedPair(12, CLEAN)) {
            ShardSession session = pair.connect();
            long id = SimulatedPair.engine(pair.accepted()).id();
            Future<Void> sent = pair.send(session, 300_000);
            long[] numbers = {1L << 62, 6000, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1, 100_000, 3000};
            for (long number : numbers) {
                pair.serverTap.arrive(
                        pair.forge.control(PacketKind.PROBE, id, number, out -> {}), pair.clientAddress());
                pair.simulation.runFor(Duration.ofMillis(20));
            }
            pair.simulation.await(sent, LIMIT);
            assertTrue(session.stats().repairedPackets() <= 2);
        }
    }

    private static ByteBuf ack(SimulatedPair pair, long session, long number, AckFrame frame) {
        return pair.forge.control(PacketKind.ACK, session, number, frame::write);
    }

    @Test
    void anAckOfPacketsNeverSentTeachesNothing() {
        try (SimulatedPair pair = new SimulatedPair(3, CLEAN)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 50_000), LIMIT);
            SessionEngine engine = SimulatedPair.engine(session);
            long[] highs = {engine.path.sent.nextNumber(), 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1};
            long number = ahead(pair.accepted());
            for (long high : highs) {
                AckFrame frame = new AckFrame();
                frame.reset(0, 0, 1 << 20, 100);
                frame.addRange(high - Math.min(high >>> 1, 0xFFFFFFFFL), high);
                pair.clientTap.arrive(ack(pair, engine.id(), number++, frame), pair.serverAddress());
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(highs.length, pair.count(pair.client, TransportReason.ACK_OF_UNSENT));
            pair.simulation.await(pair.send(session, 50_000), LIMIT);
        }
    }

    @Test
    void hugeRangesInAnAckAreClippedAndCostNoTime() {
        try (SimulatedPair pair = new SimulatedPair(4, CLEAN)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 500_000), LIMIT);
            SessionEngine engine = SimulatedPair.engine(session);
            long first = ahead(pair.accepted());
            long before = System.nanoTime();
            for (int i = 0; i < 2000; i++) {
                AckFrame frame = new AckFrame();
                frame.reset(0xFFFFFFFFL, 0, 1 << 20, 100);
                frame.addRange(0, engine.path.sent.nextNumber() - 1);
                pair.clientTap.arrive(ack(pair, engine.id(), first + i, frame), pair.serverAddress());
            }
            pair.simulation.runFor(Duration.ofMillis(100));
            long perAck = (System.nanoTime() - before) / 2000;
            assertTrue(perAck < 2_000_000, () -> perAck + " ns per ACK");
            pair.simulation.await(pair.send(session, 50_000), LIMIT);
        }
    }

    @Test
    void whatIsForgedWithAWrongSessionIdDoesNothing() {
        try (SimulatedPair pair = new SimulatedPair(5, CLEAN)) {
            ShardSession session = pair.connect();
            long right = SimulatedPair.engine(session).id();
            byte[] content = SimulatedPair.bytes(1, 500_000);
            Future<Void> sent = session.send(pair.message(content), MessageOptions.reliable());
            pair.simulation.runFor(Duration.ofMillis(200));
            Random random = new Random(55);
            long unknownBefore = pair.count(pair.client, TransportReason.UNKNOWN_SESSION);
            long[] ids = {0, right + 1, right ^ Long.MIN_VALUE, random.nextLong()};
            ByteBuf payload = pair.message(new byte[500]);
            for (long id : ids) {
                List<ByteBuf> packets = List.of(
                        pair.forge.control(PacketKind.CLOSE, id, 1, out -> out.writeByte(CloseReason.NORMAL.code())),
                        pair.forge.control(
                                PacketKind.DONE, id, 2, out -> OutcomeCodec.writeDone(out, new long[] {1}, 1)),
                        pair.forge.shard(id, 3, 1, payload));
                for (ByteBuf packet : packets) {
                    pair.clientTap.arrive(packet.retainedDuplicate(), pair.serverAddress());
                    pair.serverTap.arrive(packet, pair.clientAddress());
                }
            }
            payload.release();
            pair.simulation.await(sent, LIMIT);
            assertArrayEquals(content, pair.atServer.messages.get(0));
            assertEquals(unknownBefore + 12, pair.count(pair.client, TransportReason.UNKNOWN_SESSION));
            assertEquals(12, pair.count(pair.server, TransportReason.UNKNOWN_SESSION));
        }
    }

    @Test
    void aRejectThatDoesNotFitAnyMessageFailsNone() {
        try (SimulatedPair pair = new SimulatedPair(6, CLEAN)) {
            ShardSession session = pair.connect();
            long id = SimulatedPair.engine(session).id();
            Future<Void> sent = pair.send(session, 500_000);
            pair.simulation.runFor(Duration.ofMillis(200));
            Random random = new Random(66);
            long first = ahead(pair.accepted());
            for (int i = 0; i < 100; i++) {
                var rejection =
                        new OutcomeCodec.Rejection(random.nextLong(), 500_004, RejectReason.EVICTED, i % 2 == 0);
                pair.clientTap.arrive(
                        pair.forge.control(
                                PacketKind.REJECT, id, first + i, o -> OutcomeCodec.writeReject(o, rejection)),
                        pair.serverAddress());
            }
            pair.simulation.await(sent, LIMIT);
        }
    }

    @Test
    void bodiesThatCannotBeParsedAreCountedOneByOne() {
        try (SimulatedPair pair = new SimulatedPair(7, CLEAN)) {
            ShardSession session = pair.connect();
            long id = SimulatedPair.engine(pair.accepted()).id();
            PacketKind[] kinds = {
                PacketKind.ACK,
                PacketKind.DONE,
                PacketKind.REJECT,
                PacketKind.PATH_CHALLENGE,
                PacketKind.PATH_RESPONSE,
                PacketKind.CLOSE,
                PacketKind.ACCEPT
            };
            long number = ahead(session);
            for (PacketKind kind : kinds) {
                pair.serverTap.arrive(pair.forge.control(kind, id, number++, out -> {}), pair.clientAddress());
            }
            pair.simulation.runFor(Duration.ofMillis(100));
            assertEquals(kinds.length, pair.count(pair.server, TransportReason.MALFORMED_BODY));
            pair.simulation.await(pair.send(session, 5000), LIMIT);
        }
    }

    @Test
    void randomBytesAndRandomBodiesNeverDoMoreThanCount() {
        Property.named("random packets are counted and dropped")
                .runs(Boolean.getBoolean("foreshard.full") ? 100 : 8)
                .maxSize(400)
                .check((random, size) -> {
                    try (SimulatedPair pair = new SimulatedPair(random.nextLong(), CLEAN)) {
                        ShardSession session = pair.connect();
                        long id = SimulatedPair.engine(pair.accepted()).id();
                        Future<Void> sent = pair.send(session, 100_000);
                        long first = ahead(session);
                        for (int i = 0; i < size; i++) {
                            byte[] body = random.bytes(random.nextInt(80));
                            PacketKind kind = PacketKind.values()[random.nextInt(PacketKind.values().length)];
                            boolean unfit = kind == PacketKind.SHARD || (kind == PacketKind.CLOSE && body.length == 1);
                            if (!unfit) {
                                pair.serverTap.arrive(
                                        pair.forge.control(
                                                kind, i < 20 ? id : id + i, first + i, out -> out.writeBytes(body)),
                                        pair.clientAddress());
                            }
                            pair.serverTap.arrive(
                                    pair.message(random.bytes(1 + random.nextInt(1500))), pair.clientAddress());
                        }
                        pair.simulation.await(sent, LIMIT);
                        assertEquals(1, pair.atServer.messages.size());
                    }
                });
    }

    @Test
    void aPathThatCorruptsEverythingDeliversNothingWrong() {
        try (SimulatedPair pair = new SimulatedPair(8, CLEAN)) {
            ShardSession session = pair.connect();
            Impairment corrupts = CLEAN.toBuilder().corrupt(1).build();
            pair.simulation.connect(pair.clientNode, pair.serverNode, corrupts);
            Future<Void> sent = pair.send(session, 20_000);
            pair.simulation.runFor(Duration.ofSeconds(20));
            assertEquals(0, pair.atServer.messages.size());
            assertTrue(pair.count(pair.server, WireReason.PAYLOAD_CORRUPT) > 5);
            pair.simulation.connect(pair.clientNode, pair.serverNode, CLEAN);
            pair.simulation.await(sent, LIMIT);
            assertEquals(1, pair.atServer.messages.size());
        }
    }

    @Test
    void aFloodBesideAnHonestSessionCostsItLessThanATenth() {
        double alone = goodput(0);
        double flooded = goodput(50);
        assertTrue(flooded >= 0.9 * alone, () -> "alone " + alone + ", flooded " + flooded);
    }

    private static double goodput(int junkPerMillisecond) {
        try (SimulatedPair pair = new SimulatedPair(9, CLEAN)) {
            BulkRun run = new BulkRun(pair, 20_000).feed(pair.connect(), 400_000);
            run.watch(Duration.ofSeconds(1));
            Random random = new Random(9);
            Flood flood = new Flood(pair, random, junkPerMillisecond);
            pair.simulation.schedule(Duration.ofMillis(1), flood);
            run.watch(Duration.ofSeconds(2));
            flood.over = true;
            return run.goodputBytesPerSecond();
        }
    }

    private static final class Flood implements Runnable {

        private final SimulatedPair pair;
        private final Random random;
        private final int perMillisecond;
        private boolean over;

        Flood(SimulatedPair pair, Random random, int perMillisecond) {
            this.pair = pair;
            this.random = random;
            this.perMillisecond = perMillisecond;
        }

        @Override
        public void run() {
            for (int i = 0; i < perMillisecond && !over; i++) {
                InetSocketAddress from =
                        new InetSocketAddress("192.0.2." + random.nextInt(256), 1 + random.nextInt(60_000));
                pair.serverTap.arrive(junk(), from);
            }
            if (!over) {
                pair.simulation.schedule(Duration.ofMillis(1), this);
            }
        }

        private ByteBuf junk() {
            return switch (random.nextInt(3)) {
                case 0 -> pair.forge.hello(random.nextLong() | 1, new byte[0]);
                case 1 -> pair.forge.control(PacketKind.PROBE, random.nextLong(), 1, out -> {});
                default -> pair.message(SimulatedPair.bytes(random.nextLong(), 1200));
            };
        }
    }

    @Test
    void aPeerThatNeverAcknowledgesCannotMakeThisSideRememberMoreAndMore() {
        try (SimulatedPair pair = new SimulatedPair(10, CLEAN)) {
            pair.connect();
            SessionEngine engine = SimulatedPair.engine(pair.accepted());
            pair.simulation.disconnect(pair.clientNode, pair.serverNode);
            engine.measure(pair.simulation.nowNanos());
            for (int i = 0; i < 150_000; i++) {
                pair.serverTap.arrive(
                        pair.forge.control(PacketKind.PROBE, engine.id(), 100 + i, out -> {}), pair.clientAddress());
                if (i % 500 == 0) {
                    pair.simulation.runFor(Duration.ofNanos(1000));
                }
            }
            pair.simulation.runFor(Duration.ofMillis(1));
            long remembered = engine.path.sent.nextNumber() - engine.path.sent.oldestNumber();
            assertTrue(remembered <= 70_000, () -> "remembered " + remembered);
        }
    }

    @Test
    void oneForgedShardDoesNotKillTheHonestMessageItNames() {
        try (SimulatedPair pair = new SimulatedPair(11, CLEAN)) {
            ShardSession session = pair.connect();
            long id = SimulatedPair.engine(pair.accepted()).id();
            pair.serverTap.recording = true;
            byte[] content = SimulatedPair.bytes(3, 300_000);
            Future<Void> sent = session.send(pair.message(content), MessageOptions.reliable());
            pair.simulation.runUntil(() -> pair.serverTap.in(PacketKind.SHARD).size() > 20, LIMIT);
            long messageId = java.nio.ByteBuffer.wrap(
                            pair.serverTap.in(PacketKind.SHARD).get(0).bytes())
                    .getLong(24);
            ByteBuf evil = pair.message(new byte[1144]);
            long first = ahead(session);
            for (int block = 0; block < 4; block++) {
                ShardHeader same = new ShardHeader()
                        .message(messageId, 300_004, 0, Contract.RELIABLE, 16)
                        .block(block, 0, 1144)
                        .shard(50, 1144, 0);
                pair.serverTap.arrive(pair.forge.shard(id, first + block, same, evil), pair.clientAddress());
                ShardHeader other = new ShardHeader()
                        .message(messageId, 299_000, 0, Contract.RELIABLE, 16)
                        .block(block, 3, 1144)
                        .shard(0, 1144, 0);
                pair.serverTap.arrive(pair.forge.shard(id, first + 50 + block, other, evil), pair.clientAddress());
            }
            evil.release();
            pair.simulation.await(sent, LIMIT);
            assertEquals(1, pair.atServer.messages.size());
            assertArrayEquals(content, pair.atServer.messages.get(0));
        }
    }
}
