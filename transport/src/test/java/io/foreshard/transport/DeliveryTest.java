package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(64_000)
            .build();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1140, 1141, 1144, 65_531, 65_532, 65_533, 65_536, 131_068, 200_000, 1 << 20, 4 << 20})
    void deliversOneMessageWhole(int length) {
        try (SimulatedPair pair = new SimulatedPair(length, CLEAN)) {
            byte[] content = SimulatedPair.bytes(1, length);
            ShardSession session = pair.connect();
            long idle = pair.server.reassemblyBytes();
            pair.simulation.await(session.send(pair.message(content), MessageOptions.reliable()), LIMIT);
            assertEquals(1, pair.atServer.messages.size());
            assertArrayEquals(content, pair.atServer.messages.get(0));
            assertEquals(idle, pair.server.reassemblyBytes());
        }
    }

    @Test
    void deliversWhatIsBetweenTheIndicesOfASlice() {
        try (SimulatedPair pair = new SimulatedPair(2, CLEAN)) {
            ByteBuf whole = pair.message(SimulatedPair.bytes(2, 10_000));
            byte[] expected = new byte[5000];
            whole.getBytes(2500, expected);
            ByteBuf middle = whole.retainedSlice(2000, 6000).readerIndex(500).writerIndex(5500);
            whole.release();
            pair.simulation.await(pair.connect().send(middle, MessageOptions.reliable()), LIMIT);
            assertArrayEquals(expected, pair.atServer.messages.get(0));
        }
    }

    @Test
    void deliversManySmallMessagesEachOnce() {
        try (SimulatedPair pair = new SimulatedPair(3, CLEAN)) {
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 1; i <= 3000; i++) {
                sent.add(pair.send(session, 1 + i % 100));
            }
            pair.runUntilDone(sent, LIMIT);
            assertTrue(sent.stream().allMatch(Future::isSuccess));
            assertEquals(3000, pair.atServer.messages.size());
            assertEquals(0, session.stats().repairedPackets());
        }
    }

    @Test
    void deliversInBothDirectionsAtOnceNearlyAsFastAsInOne() {
        try (SimulatedPair pair = new SimulatedPair(4, CLEAN)) {
            ShardSession there = pair.connect();
            ShardSession back = pair.accepted();
            double start = pair.seconds();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(pair.send(there, 100_000));
                sent.add(pair.send(back, 100_000));
            }
            pair.runUntilDone(sent, LIMIT);
            double took = pair.seconds() - start;
            assertEquals(40, pair.atServer.messages.size());
            assertEquals(40, pair.atClient.messages.size());
            assertTrue(took < 5, () -> "4 MB each way at 1.25 MB/s took " + took + " s");
        }
    }

    @Test
    void aSideThatOnlyReceivesKeepsMeasuringTheRoundTrip() {
        try (SimulatedPair pair = new SimulatedPair(5, CLEAN)) {
            BulkRun run = new BulkRun(pair, 50_000).feed(pair.connect(), 500_000);
            ShardSession receiving = pair.accepted();
            run.watch(Duration.ofSeconds(3));
            pair.simulation.connect(
                    pair.serverNode,
                    pair.clientNode,
                    CLEAN.toBuilder().delay(Duration.ofMillis(100)).build());
            run.watch(Duration.ofSeconds(12));
            long rtt = receiving.stats().smoothedRttNanos();
            assertTrue(rtt > 100_000_000L, () -> "rtt " + rtt);
        }
    }

    @Test
    void deliversEveryReliableMessageOnceOverABadPath() {
        Property.named("every reliable message is delivered once over a bad path")
                .runs(Boolean.getBoolean("foreshard.full") ? 200 : 15)
                .maxSize(30)
                .check((random, size) -> {
                    Impairment bad = CLEAN.toBuilder()
                            .loss(0.05)
                            .reorder(0.05, Duration.ofMillis(10))
                            .duplicate(0.02)
                            .corrupt(0.02)
                            .truncate(0.01)
                            .coalesce(0.01)
                            .jitter(Duration.ofMillis(5))
                            .build();
                    long seed = random.nextLong();
                    try (SimulatedPair pair = new SimulatedPair(seed, bad)) {
                        ShardSession session = pair.connect();
                        List<Future<Void>> sent = new ArrayList<>();
                        for (int i = 0; i < size; i++) {
                            byte[] content = SimulatedPair.bytes(i, 1 + random.nextInt(40_000));
                            sent.add(session.send(pair.message(content), MessageOptions.reliable()));
                        }
                        pair.runUntilDone(sent, Duration.ofMinutes(5));
                        sent.forEach(future -> assertTrue(future.isSuccess(), () -> "cause: " + future.cause()));
                        assertEquals(size, pair.atServer.messages.size());
                    }
                });
    }

    @Test
    void commitsEachMessageOnceWhenEveryPacketArrivesTwice() {
        try (SimulatedPair pair =
                new SimulatedPair(6, CLEAN.toBuilder().duplicate(1).build())) {
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(pair.send(session, 5000));
            }
            pair.runUntilDone(sent, LIMIT);
            assertTrue(sent.stream().allMatch(Future::isSuccess));
            assertEquals(50, pair.atServer.messages.size());
            assertTrue(pair.count(pair.server, TransportReason.REPLAYED_PACKET) > 200);
        }
    }

    @Test
    void aLostDoneIsRepeatedAfterAReminder() {
        try (SimulatedPair pair = new SimulatedPair(7, CLEAN)) {
            ShardSession session = pair.connect();
            AtomicInteger dones = new AtomicInteger();
            pair.serverTap.dropOut = seen -> seen.kind() == PacketKind.DONE && dones.incrementAndGet() <= 2;
            double start = pair.seconds();
            pair.simulation.await(pair.send(session, 50_000), LIMIT);
            double took = pair.seconds() - start;
            assertEquals(1, pair.atServer.messages.size());
            assertTrue(took < 1, () -> "took " + took + " s with two of three DONE lost at RTT 40 ms");
        }
    }

    @Test
    void anEmptyMessageIsRefused() {
        try (SimulatedPair pair = new SimulatedPair(8, CLEAN)) {
            Future<Void> sent = pair.connect().send(pair.message(new byte[0]), MessageOptions.reliable());
            assertInstanceOf(IllegalArgumentException.class, sent.cause());
        }
    }

    @Test
    void aMessageLargerThanThePeersLimitFailsAndTheOthersGoOn() {
        TransportConfig small = SimulatedPair.config(9).maxMessageBytes(10_000).build();
        try (SimulatedPair pair =
                new SimulatedPair(9, CLEAN, CLEAN, SimulatedPair.config(10).build(), small, 1)) {
            ShardSession session = pair.connect();
            Future<Void> tooLarge = pair.send(session, 10_001);
            Future<Void> fits = pair.send(session, 10_000 - 4);
            assertEquals(
                    MessageFailedException.Cause.TOO_LARGE,
                    pair.failureOf(tooLarge, LIMIT).reason());
            pair.simulation.await(fits, LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(0, session.stats().pendingBytes());
        }
    }

    @Test
    void aFullQueueRefusesWithATypedFailureAndTakesMessagesAgainWhenItHasDrained() {
        TransportConfig config = SimulatedPair.config(10)
                .writeBufferWatermarks(1000, 50_000)
                .maxPendingBytes(100_000)
                .build();
        try (SimulatedPair pair = new SimulatedPair(10, CLEAN, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            Future<Void> first = pair.send(session, 60_000);
            Future<Void> second = pair.send(session, 60_000);
            assertEquals(
                    MessageFailedException.Cause.QUEUE_FULL,
                    pair.failureOf(second, LIMIT).reason());
            pair.simulation.await(first, LIMIT);
            pair.simulation.await(pair.send(session, 60_000), LIMIT);
            pair.simulation.await(pair.send(session, 150_000), LIMIT);
        }
    }

    @Test
    void writabilityFallsAboveTheHighAndRisesBelowTheLowWatermark() {
        TransportConfig config =
                SimulatedPair.config(11).writeBufferWatermarks(10_000, 50_000).build();
        try (SimulatedPair pair = new SimulatedPair(11, CLEAN, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(pair.send(session, 10_000));
            }
            pair.simulation.runFor(Duration.ofMillis(1));
            assertFalse(session.isWritable());
            pair.runUntilDone(sent, LIMIT);
            assertTrue(session.isWritable());
            assertEquals(List.of(false, true), pair.atClient.writability);
        }
    }

    @Test
    void aCancelledMessageLeavesNothingBehind() {
        try (SimulatedPair pair = new SimulatedPair(12, CLEAN)) {
            ShardSession session = pair.connect();
            Future<Void> sent = pair.send(session, 10_000);
            assertTrue(sent.cancel(false));
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(0, session.stats().pendingBytes());
            assertEquals(0, pair.atServer.messages.size());
        }
    }

    @Test
    void aSenderNeverExceedsTheReceiversCreditAndResumesWhenThereIsMore() {
        TransportConfig tight = SimulatedPair.config(13)
                .maxMessageBytes(20_000)
                .reassemblyBytesPerSession(100_000)
                .maxMessagesPerSession(8)
                .build();
        Impairment lossy = CLEAN.toBuilder().loss(0.05).build();
        try (SimulatedPair pair =
                new SimulatedPair(13, lossy, CLEAN, SimulatedPair.config(14).build(), tight, 1)) {
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add(pair.send(session, 15_000));
            }
            pair.runUntilDone(sent, LIMIT);
            assertTrue(sent.stream().allMatch(Future::isSuccess), () -> "counters " + pair.server.counters());
            assertTrue(
                    pair.server.peakReassemblyBytes() <= 3 * 100_000,
                    () -> "peak " + pair.server.peakReassemblyBytes());
            assertEquals(0, pair.count(pair.server, io.foreshard.reassembler.ReassemblyReason.SOURCE_QUOTA));
            assertEquals(0, pair.count(pair.server, io.foreshard.reassembler.ReassemblyReason.MESSAGE_QUOTA));
        }
    }

    @Test
    void closingFailsWhatIsUnderWayOnBothSidesAndTellsThePeer() {
        try (SimulatedPair pair = new SimulatedPair(15, CLEAN)) {
            ShardSession session = pair.connect();
            Future<Void> sent = pair.send(session, 1_000_000);
            pair.simulation.runFor(Duration.ofMillis(200));
            session.close();
            assertEquals(
                    MessageFailedException.Cause.SESSION_CLOSED,
                    pair.failureOf(sent, LIMIT).reason());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(1, pair.atServer.closed.size());
            assertFalse(pair.accepted().isOpen());
            assertEquals(0, pair.server.reassemblyBytes());
            Future<Void> late = pair.send(session, 100);
            assertEquals(
                    MessageFailedException.Cause.SESSION_CLOSED,
                    pair.failureOf(late, LIMIT).reason());
        }
    }

    @Test
    void aMessageThatWasDeliveredIsCommittedEvenWhenItsReceiverClosesAtOnce() {
        try (SimulatedPair pair = new SimulatedPair(16, CLEAN)) {
            ShardSession session = pair.connect();
            ShardSession accepted = pair.accepted();
            Future<Void> sent = pair.send(session, 20_000);
            pair.simulation.runUntil(() -> !pair.atServer.messages.isEmpty(), LIMIT);
            accepted.close();
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertTrue(sent.isSuccess(), () -> "cause " + sent.cause());
        }
    }

    @Test
    void aReceiverMayCloseInsideItsListener() {
        TestLog.drain();
        try (SimulatedPair pair = new SimulatedPair(17, CLEAN)) {
            ShardSession session = pair.connect();
            pair.atServer.onEach = (from, info) -> from.close();
            Future<Void> sent = pair.send(session, 20_000);
            pair.simulation.runFor(Duration.ofSeconds(2));
            assertTrue(sent.isSuccess(), () -> "cause " + sent.cause());
            assertFalse(session.isOpen());
        }
    }

    @Test
    void aListenerThatThrowsIsCountedAndTheSessionGoesOn() {
        try (SimulatedPair pair = new SimulatedPair(18, CLEAN)) {
            pair.expectWarning("The listener of a session failed");
            pair.atServer.onEach = (from, info) -> {
                throw new IllegalStateException("application");
            };
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 1000), LIMIT);
            pair.simulation.await(pair.send(session, 1000), LIMIT);
            assertEquals(2, pair.count(pair.server, TransportReason.LISTENER_FAILED));
        }
    }

    @Test
    void aMessageReleasedTooOftenEndsItsSessionWithAFailureAndNoOther() {
        try (SimulatedPair pair = new SimulatedPair(20, CLEAN)) {
            pair.expectWarning("A session is closed by a fault in it");
            pair.expectWarning("Failed to release a message");
            ShardSession faulty = pair.connect();
            ShardSession other = pair.connect();
            Future<Void> before = pair.send(faulty, 50_000);
            ByteBuf content = pair.message(new byte[5000]);
            Future<Void> released = faulty.send(content, MessageOptions.reliable());
            content.release();
            Future<Void> honest = pair.send(other, 50_000);
            pair.simulation.runFor(Duration.ofSeconds(20));
            assertTrue(released.isDone() && !released.isSuccess());
            assertTrue(before.isDone(), "what shared the session has ended in one way or the other");
            assertTrue(honest.isSuccess());
            assertFalse(faulty.isOpen());
            assertTrue(other.isOpen());
            assertTrue(pair.count(pair.client, TransportReason.SESSION_FAULT) > 0);
        }
    }

    @Test
    void theReceiverLearnsClassAndContract() {
        try (SimulatedPair pair = new SimulatedPair(19, CLEAN)) {
            ShardSession session = pair.connect();
            MessageOptions options =
                    MessageOptions.deadline(Duration.ofSeconds(3)).withTrafficClass(TrafficClass.INTERACTIVE);
            pair.simulation.await(session.send(pair.message(new byte[10]), options), LIMIT);
            MessageInfo info = pair.atServer.infos.get(0);
            assertEquals(TrafficClass.INTERACTIVE, info.trafficClass());
            assertEquals(options.contract(), info.contract());
        }
    }
}
