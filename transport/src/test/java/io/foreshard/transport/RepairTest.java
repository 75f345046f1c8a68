package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.reassembler.MessageFailure;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.simulator.link.Flap;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Impairment CLEAN = path(40);

    private static Impairment path(int rttMillis) {
        return Impairment.builder()
                .rateBytesPerSecond(1_250_000)
                .delay(Duration.ofMillis(rttMillis / 2))
                .queueBytes(500_000)
                .build();
    }

    /** Sends one message after the path is warm, with some of its shards lost on their first way; returns how long it took. */
    private static double secondsWithLosses(SimulatedPair pair, ShardSession session, int bytes, List<Integer> lost) {
        AtomicInteger shards = new AtomicInteger();
        pair.clientTap.dropOut = seen -> seen.kind() == PacketKind.SHARD && lost.contains(shards.getAndIncrement());
        double start = pair.seconds();
        pair.simulation.await(pair.send(session, bytes), LIMIT);
        return pair.seconds() - start;
    }

    private static ShardSession warm(SimulatedPair pair) {
        ShardSession session = pair.connect();
        for (int i = 0; i < 8; i++) {
            pair.simulation.await(pair.send(session, 100_000), LIMIT);
        }
        return session;
    }

    @Test
    void scatteredGapsAreAllRecoveredInOneMoreRoundTripAt250Milliseconds() {
        try (SimulatedPair pair = new SimulatedPair(1, path(250))) {
            ShardSession session = warm(pair);
            double whole = secondsWithLosses(pair, session, 100_000, List.of());
            double gaps = secondsWithLosses(pair, session, 100_000, List.of(3, 7, 20, 21, 35, 44, 60));
            // One round trip for request and repair, 9/8 of one at worst for the time threshold, and the
            // acknowledgement's delay.
            assertTrue(gaps - whole < 0.250 * 9 / 8 + 0.010, () -> "whole " + whole + " s, with gaps " + gaps + " s");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1})
    void aLossyLongPathNeedsAsManyRoundTripsAsShardsAreLostInARow(double loss) {
        Impairment lossy = path(250).toBuilder().loss(loss).build();
        for (int seed = 0; seed < 4; seed++) {
            try (SimulatedPair pair = new SimulatedPair(
                    seed, lossy, path(250), SimulatedPair.config(seed).build(), 1)) {
                ShardSession session = warm(pair);
                List<Double> took = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    took.add(secondsWithLosses(pair, session, 100_000, List.of()));
                }
                double mean = took.stream().mapToDouble(d -> d).average().orElseThrow();
                // A round trip, sending at the pace that single messages show (100 kB per round trip, and a half), and
                // rounds of
                // repair: with 88 shards and a tenth lost, 1.7 more are expected, with a margin for the last one's
                // probe time-out.
                assertTrue(mean < 0.25 * 2.5 + 2.7 * 0.29, () -> "took " + took);
            }
        }
    }

    @Test
    void aLostTailIsProbedForAfterOneProbeTimeOut() {
        try (SimulatedPair pair = new SimulatedPair(2, CLEAN)) {
            ShardSession session = warm(pair);
            double whole = secondsWithLosses(pair, session, 20_000, List.of());
            double tail = secondsWithLosses(pair, session, 20_000, List.of(15, 16, 17));
            assertTrue(tail - whole < 0.150, () -> "whole " + whole + " s, without tail " + tail + " s");
        }
    }

    @Test
    void aSingleLostShardOfASingleShardMessageIsProbedFor() {
        try (SimulatedPair pair = new SimulatedPair(3, CLEAN)) {
            ShardSession session = warm(pair);
            double took = secondsWithLosses(pair, session, 500, List.of(0));
            assertTrue(took < 0.040 + 0.150, () -> "took " + took);
        }
    }

    @Test
    void reorderingCausesFewRepairsOnceItIsKnown() {
        Impairment reorders =
                CLEAN.toBuilder().reorder(0.1, Duration.ofMillis(15)).build();
        try (SimulatedPair pair =
                new SimulatedPair(4, reorders, CLEAN, SimulatedPair.config(4).build(), 1)) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 50_000).feed(session, 500_000);
            run.watch(Duration.ofSeconds(10));
            SessionStats stats = session.stats();
            double repaired = (double) stats.repairedPackets() / stats.sentPackets();
            assertTrue(repaired < 0.02, () -> "repaired " + repaired);
            assertTrue(run.utilisation(1_250_000) > 0.8, () -> "utilisation " + run.utilisation(1_250_000));
        }
    }

    @Test
    void anOutageOfThreeSecondsIsSurvivedAndEndsWithoutABurst() {
        Impairment flap = CLEAN.toBuilder()
                .flap(Flap.once(Duration.ofSeconds(4), Duration.ofSeconds(3)))
                .build();
        try (SimulatedPair pair = new SimulatedPair(5, flap)) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 50_000).feed(session, 500_000);
            run.watch(Duration.ofSeconds(5));
            long offered = pair.simulation
                    .link(pair.clientNode, pair.serverNode)
                    .statistics()
                    .offeredDatagrams();
            run.watch(Duration.ofSeconds(2));
            long duringOutage = pair.simulation
                            .link(pair.clientNode, pair.serverNode)
                            .statistics()
                            .offeredDatagrams()
                    - offered;
            assertTrue(duringOutage <= 6, () -> "packets in two seconds of silence: " + duringOutage);
            // The probe time-out may have backed off to 4 s; then slow start.
            run.watch(Duration.ofSeconds(5));
            assertTrue(run.queueMillis(1, 1_250_000) < 100, () -> "queue " + run.queueMillis(1, 1_250_000));
            run.watch(Duration.ofSeconds(3));
            assertTrue(run.utilisation(1_250_000) > 0.8, () -> "utilisation " + run.utilisation(1_250_000));
            assertTrue(pair.count(pair.client, TransportReason.FEEDBACK_ENDED) >= 1);
        }
    }

    @Test
    void withoutFeedbackAtMostOnePacketLeavesPerProbeTimeOutAndThePausesGrow() {
        try (SimulatedPair pair = new SimulatedPair(6, CLEAN)) {
            ShardSession session = pair.connect();
            new BulkRun(pair, 50_000).feed(session, 500_000).watch(Duration.ofSeconds(2));
            List<Double> sentAt = new ArrayList<>();
            pair.serverTap.dropOut = seen -> true;
            pair.simulation.runFor(Duration.ofSeconds(2));
            pair.clientTap.dropOut = seen -> {
                sentAt.add(pair.seconds());
                return false;
            };
            pair.simulation.runFor(Duration.ofSeconds(20));
            assertTrue(sentAt.size() >= 4 && sentAt.size() <= 10, () -> "sent at " + sentAt);
            for (int i = 2; i < sentAt.size(); i++) {
                double pause = sentAt.get(i) - sentAt.get(i - 1);
                assertTrue(pause > 0.9 * (sentAt.get(i - 1) - sentAt.get(i - 2)), () -> "sent at " + sentAt);
            }
        }
    }

    @Test
    void aPeerThatIsSilentForTooLongEndsTheSessionWithTypedFailures() {
        TransportConfig config =
                SimulatedPair.config(7).idleTimeout(Duration.ofSeconds(5)).build();
        try (SimulatedPair pair = new SimulatedPair(7, CLEAN, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            pair.simulation.disconnect(pair.clientNode, pair.serverNode);
            Future<Void> sent = pair.send(session, 50_000);
            double start = pair.seconds();
            MessageFailedException failure = pair.failureOf(sent, LIMIT);
            assertEquals(MessageFailedException.Cause.SESSION_CLOSED, failure.reason());
            assertTrue(pair.seconds() - start < 5.5);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(1, pair.count(pair.client, TransportReason.PEER_SILENT));
            assertEquals(1, pair.count(pair.server, TransportReason.PEER_SILENT));
            assertEquals(1, pair.atServer.closed.size());
        }
    }

    @Test
    void anIdleSessionSendsNothingButStaysOpenUntilItsTimeIsUp() {
        TransportConfig config =
                SimulatedPair.config(8).idleTimeout(Duration.ofSeconds(30)).build();
        try (SimulatedPair pair = new SimulatedPair(8, CLEAN, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 1000), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(5));
            AtomicInteger packets = new AtomicInteger();
            pair.clientTap.dropOut = seen -> packets.incrementAndGet() < 0;
            pair.simulation.runFor(Duration.ofSeconds(20));
            assertTrue(session.isOpen());
            assertEquals(0, packets.get());
            pair.simulation.await(pair.send(session, 1000), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(40));
            assertFalse(session.isOpen());
        }
    }

    @Test
    void aBestEffortMessageIsSentOnceAndFailsAsUnconfirmedWhenItIsLost() {
        try (SimulatedPair pair = new SimulatedPair(9, CLEAN)) {
            ShardSession session = warm(pair);
            AtomicInteger shards = new AtomicInteger();
            pair.clientTap.dropOut = seen -> seen.kind() == PacketKind.SHARD && shards.getAndIncrement() == 2;
            Future<Void> lost = session.send(pair.message(new byte[10_000]), MessageOptions.bestEffort());
            assertEquals(
                    MessageFailedException.Cause.UNCONFIRMED,
                    pair.failureOf(lost, LIMIT).reason());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(9, shards.get());
            assertEquals(1, pair.atServer.failures.size());
            assertEquals(RejectReason.ABANDONED, pair.atServer.failures.get(0).reason());
            Future<Void> whole = session.send(pair.message(new byte[10_000]), MessageOptions.bestEffort());
            pair.simulation.await(whole, LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.003, 0.03})
    void smallBestEffortMessagesAreLostAsOftenAsPackets(double loss) {
        Impairment lossy = CLEAN.toBuilder().loss(loss).build();
        try (SimulatedPair pair =
                new SimulatedPair(10, lossy, CLEAN, SimulatedPair.config(10).build(), 1)) {
            ShardSession session = pair.connect();
            int count = 20_000;
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < count; i += 10) {
                for (int j = 0; j < 10; j++) {
                    sent.add(session.send(pair.message(new byte[200]), MessageOptions.bestEffort()));
                }
                pair.simulation.runFor(Duration.ofMillis(5));
            }
            pair.runUntilDone(sent, LIMIT);
            double missing = 1 - (double) pair.atServer.messages.size() / count;
            double deviation = Math.sqrt(loss * (1 - loss) / count);
            assertTrue(Math.abs(missing - loss) < 4 * deviation, () -> "missing " + missing + ", wire loss " + loss);
            assertEquals(0, session.stats().repairedPackets());
        }
    }

    @Test
    void aDeadlineThatPassesFailsOnBothSidesWithAMapOfTheHoles() {
        try (SimulatedPair pair = new SimulatedPair(11, CLEAN)) {
            ShardSession session = warm(pair);
            AtomicBoolean dark = new AtomicBoolean();
            AtomicInteger shards = new AtomicInteger();
            pair.clientTap.dropOut = seen -> {
                dark.set(dark.get() || (seen.kind() == PacketKind.SHARD && shards.incrementAndGet() > 20));
                return dark.get();
            };
            Future<Void> sent =
                    session.send(pair.message(new byte[50_000]), MessageOptions.deadline(Duration.ofMillis(400)));
            double start = pair.seconds();
            assertEquals(
                    MessageFailedException.Cause.DEADLINE,
                    pair.failureOf(sent, LIMIT).reason());
            assertTrue(Math.abs(pair.seconds() - start - 0.4) < 0.005, () -> "after " + (pair.seconds() - start));
            pair.simulation.runFor(Duration.ofSeconds(1));
            MessageFailure failure = pair.atServer.failures.get(0);
            assertEquals(RejectReason.DEADLINE, failure.reason());
            assertEquals(50_000 - 20 * 1144, failure.holes().missingBytes());
        }
    }

    @Test
    void aDeadlineThatHoldsIsAnOrdinaryMessage() {
        Impairment lossy = CLEAN.toBuilder().loss(0.05).build();
        try (SimulatedPair pair = new SimulatedPair(12, lossy)) {
            ShardSession session = warm(pair);
            Future<Void> sent =
                    session.send(pair.message(new byte[50_000]), MessageOptions.deadline(Duration.ofSeconds(2)));
            pair.simulation.await(sent, LIMIT);
            assertEquals(0, pair.atServer.failures.size());
        }
    }

    @Test
    void messagesWhoseDeadlinePassesWhileTheyWaitAreNotSentAtAll() {
        try (SimulatedPair pair = new SimulatedPair(13, CLEAN)) {
            ShardSession session = warm(pair);
            Future<Void> large = pair.send(session, 2_000_000);
            Future<Void> late =
                    session.send(pair.message(new byte[50_000]), MessageOptions.deadline(Duration.ofMillis(300)));
            assertEquals(
                    MessageFailedException.Cause.DEADLINE,
                    pair.failureOf(late, LIMIT).reason());
            pair.simulation.await(large, LIMIT);
            assertEquals(9, pair.atServer.messages.size());
        }
    }

    @Test
    void aMessageThatTheReceiverGivesUpFailsWithItsReason() {
        TransportConfig tiny = SimulatedPair.config(14)
                .maxMessageBytes(30_000)
                .reassemblyBytesPerSession(60_000)
                .build();
        try (SimulatedPair pair =
                new SimulatedPair(14, CLEAN, CLEAN, SimulatedPair.config(14).build(), tiny, 1)) {
            ShardSession session = warmSmall(pair);
            SimulatedPair.engine(session);
            pair.clientTap.recording = true;
            AtomicInteger shards = new AtomicInteger();
            pair.clientTap.dropOut = seen -> seen.kind() == PacketKind.SHARD && shards.getAndIncrement() > 4;
            Future<Void> sent = pair.send(session, 20_000);
            MessageFailedException failure = pair.failureOf(sent, LIMIT);
            assertEquals(MessageFailedException.Cause.REJECTED, failure.reason());
            assertTrue(failure.getMessage().contains("STALLED"), failure::getMessage);
        }
    }

    private static ShardSession warmSmall(SimulatedPair pair) {
        ShardSession session = pair.connect();
        pair.simulation.await(pair.send(session, 1000), LIMIT);
        return session;
    }
}
