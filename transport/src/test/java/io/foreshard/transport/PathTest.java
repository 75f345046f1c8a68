package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.simulator.SimulatedNat;
import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(500_000)
            .build();

    @Test
    void aSessionSurvivesThatANatChangesItsClientsPortInTheMiddleOfATransfer() {
        try (SimulatedPair pair = new SimulatedPair(1, CLEAN)) {
            SimulatedNat nat = pair.simulation.addNat(pair.clientNode, "198.51.100.1");
            ShardSession session = pair.connect();
            ShardSession accepted = pair.accepted();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(pair.send(session, 100_000));
                sent.add(pair.send(accepted, 20_000));
            }
            InetSocketAddress before = (InetSocketAddress) accepted.remoteAddress();
            for (int i = 1; i <= 3; i++) {
                pair.simulation.schedule(Duration.ofMillis(400L * i), nat::rebind);
            }
            pair.runUntilDone(sent, LIMIT);
            assertTrue(sent.stream().allMatch(Future::isSuccess));
            assertEquals(30, pair.atServer.messages.size());
            assertEquals(30, pair.atClient.messages.size());
            assertEquals(before.getAddress(), ((InetSocketAddress) accepted.remoteAddress()).getAddress());
            assertFalse(before.equals(accepted.remoteAddress()));
            assertEquals(1, pair.atServer.opened.size());
        }
    }

    @Test
    void anAddressThatDoesNotAnswerNeverCountsAndIsSentNoMoreThanThreeTimesItsBytes() {
        try (SimulatedPair pair = new SimulatedPair(2, CLEAN)) {
            ShardSession session = pair.connect();
            ShardSession accepted = pair.accepted();
            InetSocketAddress stranger = new InetSocketAddress("192.0.2.66", 5);
            long id = SimulatedPair.engine(accepted).id();
            pair.serverTap.recording = true;
            int bytes = 0;
            for (int i = 0; i < 50; i++) {
                var packet = pair.forge.control(PacketKind.PROBE, id, 1000 + i, out -> {});
                bytes += packet.readableBytes();
                pair.serverTap.arrive(packet, stranger);
                pair.simulation.runFor(Duration.ofMillis(50));
            }
            int toStranger = pair.serverTap.out.stream()
                    .filter(seen -> seen.peer().equals(stranger))
                    .mapToInt(Tap.Seen::length)
                    .sum();
            int limit = 3 * bytes;
            assertTrue(toStranger > 0 && toStranger <= limit, () -> toStranger + " of " + limit);
            assertEquals(pair.clientAddress(), accepted.remoteAddress());
            assertTrue(pair.count(pair.server, TransportReason.NEW_ADDRESS) >= 50);
            pair.simulation.await(pair.send(session, 1000), LIMIT);
        }
    }

    @Test
    void aPathResponseNobodyAskedForIsCountedAndMovesNothing() {
        try (SimulatedPair pair = new SimulatedPair(3, CLEAN)) {
            pair.connect();
            ShardSession accepted = pair.accepted();
            InetSocketAddress stranger = new InetSocketAddress("192.0.2.66", 5);
            long id = SimulatedPair.engine(accepted).id();
            pair.serverTap.arrive(
                    pair.forge.control(PacketKind.PATH_RESPONSE, id, 1000, out -> out.writeLong(42)), stranger);
            pair.serverTap.arrive(
                    pair.forge.control(PacketKind.PATH_RESPONSE, id, 1001, out -> out.writeLong(42)),
                    pair.clientAddress());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(2, pair.count(pair.server, TransportReason.STRAY_PATH_RESPONSE));
            assertEquals(pair.clientAddress(), accepted.remoteAddress());
        }
    }

    @Test
    void aChallengeIsAnsweredWithItsTokenToWhereItCameFrom() {
        try (SimulatedPair pair = new SimulatedPair(4, CLEAN)) {
            pair.connect();
            pair.serverTap.recording = true;
            InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.66", 5);
            long id = SimulatedPair.engine(pair.accepted()).id();
            pair.serverTap.arrive(
                    pair.forge.control(PacketKind.PATH_CHALLENGE, id, 1000, out -> out.writeLong(0x1234)), elsewhere);
            pair.simulation.runFor(Duration.ofSeconds(1));
            Tap.Seen response = pair.serverTap.out(PacketKind.PATH_RESPONSE).get(0);
            assertEquals(elsewhere, response.peer());
            assertEquals(0x1234, java.nio.ByteBuffer.wrap(response.bytes()).getLong(32));
        }
    }

    private static SimulatedPair withMtu(long seed, int mtu, Impairment path) {
        TransportConfig config = SimulatedPair.config(seed).pathMtuBytes(mtu).build();
        return new SimulatedPair(seed, path, path, config, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 1199, 1200, 1399})
    void aPathThatRefusesPacketsInTheMiddleOfAMessageGetsSmallerOnes(int limit) {
        try (SimulatedPair pair = withMtu(5, 1400, CLEAN)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 100_000), LIMIT);
            byte[] content = SimulatedPair.bytes(7, 1_000_000);
            Future<Void> sent = session.send(pair.message(content), MessageOptions.reliable());
            pair.simulation.runFor(Duration.ofMillis(300));
            Impairment narrow = CLEAN.toBuilder().maxDatagramBytes(limit).build();
            pair.simulation.connect(pair.clientNode, pair.serverNode, narrow);
            pair.simulation.await(sent, LIMIT);
            org.junit.jupiter.api.Assertions.assertArrayEquals(content, pair.atServer.messages.get(1));
            assertTrue(pair.count(pair.client, TransportReason.PATH_MTU_FELL) >= 1);
        }
    }

    @Test
    void aPathThatSwallowsLargePacketsWithoutAWordGetsSmallerOnes() {
        try (SimulatedPair pair = withMtu(6, 1400, CLEAN)) {
            ShardSession session = pair.connect();
            byte[] content = SimulatedPair.bytes(7, 1_000_000);
            Future<Void> sent = session.send(pair.message(content), MessageOptions.reliable());
            pair.simulation.runFor(Duration.ofMillis(300));
            Impairment hole = CLEAN.toBuilder()
                    .maxDatagramBytes(1300)
                    .sizeLimitSignalled(false)
                    .build();
            pair.simulation.connect(pair.clientNode, pair.serverNode, hole);
            double start = pair.seconds();
            pair.simulation.await(sent, LIMIT);
            double took = pair.seconds() - start;
            assertTrue(took < 5, () -> "took " + took);
            assertEquals(1, pair.count(pair.client, TransportReason.PATH_MTU_FELL));
        }
    }

    @Test
    void smallPacketsThatPassDoNotHideThatLargeOnesAreSwallowed() {
        Impairment hole = CLEAN.toBuilder()
                .maxDatagramBytes(1300)
                .sizeLimitSignalled(false)
                .build();
        try (SimulatedPair pair = withMtu(7, 1400, hole)) {
            ShardSession session = pair.connect();
            List<Future<Void>> mixed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                mixed.add(pair.send(session, 500));
                mixed.add(pair.send(session, 2000));
                pair.simulation.runFor(Duration.ofMillis(20));
            }
            pair.runUntilDone(mixed, Duration.ofSeconds(10));
            assertTrue(mixed.stream().allMatch(Future::isSuccess));
            assertEquals(1, pair.count(pair.client, TransportReason.PATH_MTU_FELL));
        }
    }

    @Test
    void congestionIsNotMistakenForAPathThatSwallowsLargePackets() {
        Impairment lossy = CLEAN.toBuilder().queueBytes(5000).loss(0.1).build();
        try (SimulatedPair pair = withMtu(8, 1400, lossy)) {
            new BulkRun(pair, 20_000).feed(pair.connect(), 400_000).watch(Duration.ofSeconds(20));
            assertEquals(0, pair.count(pair.client, TransportReason.PATH_MTU_FELL));
        }
    }
}
