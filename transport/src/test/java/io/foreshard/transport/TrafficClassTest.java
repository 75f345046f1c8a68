package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves first when messages of several traffic classes share one path. */
class TrafficClassTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment SLOW = Impairment.builder()
            .rateBytesPerSecond(1_000_000)
            .delay(Duration.ofMillis(10))
            .queueBytes(100_000)
            .build();

    private static Future<Void> send(SimulatedPair pair, ShardSession session, int bytes, TrafficClass trafficClass) {
        return session.send(
                pair.message(new byte[bytes]), MessageOptions.reliable().withTrafficClass(trafficClass));
    }

    @Test
    void anUrgentMessageOvertakesBulkThatWasQueuedBefore() {
        try (SimulatedPair pair = new SimulatedPair(1, SLOW)) {
            ShardSession session = pair.connect();
            List<Future<Void>> bulk = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                bulk.add(send(pair, session, 100_000, TrafficClass.STANDARD));
            }
            pair.simulation.runFor(Duration.ofMillis(300));
            double asked = pair.seconds();
            pair.simulation.await(send(pair, session, 1000, TrafficClass.LOW_LATENCY), LIMIT);
            double tookSeconds = pair.seconds() - asked;
            assertTrue(tookSeconds < 0.08, () -> "urgent: " + tookSeconds + " s");
            assertTrue(bulk.stream().filter(Future::isDone).count() < 10);
            pair.runUntilDone(bulk, LIMIT);
            assertTrue(bulk.stream().allMatch(Future::isSuccess));
        }
    }

    @Test
    void classesLeaveInTheirOrderOfUrgency() {
        try (SimulatedPair pair = new SimulatedPair(2, SLOW)) {
            ShardSession session = pair.connect();
            List<Future<Void>> sent = new ArrayList<>();
            TrafficClass[] classes = TrafficClass.values();
            for (int i = classes.length - 1; i >= 0; i--) {
                sent.add(send(pair, session, 40_000, classes[i]));
            }
            pair.runUntilDone(sent, LIMIT);
            List<TrafficClass> arrived = pair.atServer.infos.stream()
                    .map(info -> info.trafficClass())
                    .toList();
            assertEquals(List.of(classes), arrived);
        }
    }

    @Test
    void noClassStarvesBehindMoreUrgentOnes() {
        try (SimulatedPair pair = new SimulatedPair(3, SLOW)) {
            ShardSession session = pair.connect();
            pair.atServer.onEach = (from, info) -> {};
            keepBusy(pair, session, TrafficClass.REAL_TIME);
            keepBusy(pair, session, TrafficClass.STANDARD);
            keepBusy(pair, session, TrafficClass.BACKGROUND);
            pair.simulation.runFor(Duration.ofSeconds(12));
            double all = pair.atServer.infos.size();
            for (TrafficClass waiting : List.of(TrafficClass.STANDARD, TrafficClass.BACKGROUND)) {
                double share = count(pair, waiting) / all;
                assertTrue(
                        share > 0.8 / ClassTurns.TURN / 3 && share < 1.5 / ClassTurns.TURN,
                        () -> waiting + " " + share);
            }
        }
    }

    private static void keepBusy(SimulatedPair pair, ShardSession session, TrafficClass trafficClass) {
        for (int i = 0; i < 40; i++) {
            sendNext(pair, session, trafficClass);
        }
    }

    private static void sendNext(SimulatedPair pair, ShardSession session, TrafficClass trafficClass) {
        send(pair, session, 5_000, trafficClass).addListener(done -> {
            if (done.isSuccess()) {
                sendNext(pair, session, trafficClass);
            }
        });
    }

    private static long count(SimulatedPair pair, TrafficClass trafficClass) {
        return pair.atServer.infos.stream()
                .filter(info -> info.trafficClass() == trafficClass)
                .count();
    }

    @Test
    void bulkCannotUseUpTheCreditThatUrgentMessagesNeed() {
        TransportConfig narrow =
                SimulatedPair.config(4).maxMessagesPerSession(8).build();
        try (SimulatedPair pair = new SimulatedPair(4, SLOW, SLOW, narrow, 1)) {
            ShardSession session = pair.connect();
            int background = TrafficClass.BACKGROUND.code();
            pair.clientTap.dropOut =
                    seen -> seen.kind() == PacketKind.SHARD && (seen.bytes()[44] & 0xFF) >>> 4 == background;
            List<Future<Void>> bulk = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                bulk.add(send(pair, session, 1000, TrafficClass.BACKGROUND));
            }
            pair.simulation.runFor(Duration.ofMillis(120));
            double asked = pair.seconds();
            pair.simulation.await(send(pair, session, 1000, TrafficClass.LOW_LATENCY), LIMIT);
            double tookSeconds = pair.seconds() - asked;
            assertTrue(tookSeconds < 0.08, () -> "urgent: " + tookSeconds + " s");
            pair.clientTap.dropOut = seen -> false;
            pair.runUntilDone(bulk, LIMIT);
            assertTrue(bulk.stream().allMatch(Future::isSuccess));
        }
    }

    private static OutboundMessage message(SimulatedPair pair, int bytes, TrafficClass trafficClass) {
        return new OutboundMessage(
                pair.message(new byte[bytes]),
                MessageOptions.reliable().withTrafficClass(trafficClass),
                pair.clientNode.eventLoopGroup().next().newPromise(),
                (message, now) -> {});
    }

    @Test
    void anEighthOfTheCreditIsKeptAndOneMessageIsAlwaysLetIn() {
        try (SimulatedPair pair = new SimulatedPair(5, SLOW)) {
            OutboundMessage large = message(pair, 7_990, TrafficClass.STANDARD);
            OutboundMessage small = message(pair, 500, TrafficClass.STANDARD);
            OutboundMessage urgent = message(pair, 500, TrafficClass.LOW_LATENCY);
            SendCredit credit = new SendCredit();
            credit.grant(8_000, 100);
            assertTrue(credit.fits(large), "alone");
            credit.take(small);
            assertFalse(credit.fits(large), "beside another");
            credit.grant(1_100, 100);
            assertTrue(credit.fits(urgent));
            assertFalse(credit.fits(small), "into the reserve");
            credit.giveBack(small);
            assertTrue(credit.fits(small));
            List.of(large, small, urgent).forEach(OutboundMessage::close);
        }
    }
}
