package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.reassembler.ReassemblyReason;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.Impairment;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions over several simulated TCP connections. */
class StreamEndpointTest {

    private static final Duration LIMIT = StreamPair.LIMIT;
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(12_500_000)
            .delay(Duration.ofMillis(5))
            .queueBytes(500_000)
            .build();

    @Test
    void refusesMoreConnectionsThanASessionHasPaths() {
        try (StreamPair pair = new StreamPair(1, CLEAN, 1)) {
            ShardEndpointBuilder builder = ShardEndpoint.builder(pair.clientNode.eventLoopGroup());
            assertThrows(IllegalArgumentException.class, () -> builder.streams(17));
            assertThrows(IllegalArgumentException.class, () -> builder.streams(0));
        }
    }

    @Test
    void deliversBothWaysOverOneConnectionNearItsRate() {
        deliversNearTheRate(1);
    }

    @Test
    void deliversBothWaysOverThreeConnectionsNearTheirRate() {
        deliversNearTheRate(3);
    }

    private static void deliversNearTheRate(int connections) {
        try (StreamPair pair = new StreamPair(2, CLEAN, connections)) {
            ShardSession session = pair.connectAll(connections);
            double from = pair.seconds();
            List<Future<Void>> sent = new ArrayList<>();
            int bytes = 0;
            for (int i = 0; i < 10; i++) {
                sent.add(pair.send(session, 500_000 + i));
                bytes += 500_000 + i;
            }
            sent.add(pair.send(pair.atServer.opened.get(0), 100_000));
            pair.awaitAll(sent);
            double rate = bytes / (pair.seconds() - from);
            assertTrue(rate > 0.85 * 12_500_000, () -> "rate " + rate);
            assertEquals(10, pair.atServer.messages.size());
            assertEquals(1, pair.atClient.messages.size());
            assertTrue(pair.isContentRight(pair.atServer) && pair.isContentRight(pair.atClient));
            SessionPaths paths = SimulatedPair.engine(session).paths;
            assertEquals(connections, paths.count());
            for (int i = 0; i < connections; i++) {
                assertTrue(paths.get(i).path.loss.ackedPackets() > 2, "every connection carries a part");
            }
            assertEquals(0, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
            assertEquals(0, pair.count(pair.server, TransportReason.NEW_ADDRESS));
        }
    }

    @Test
    void oneConnectionThatStallsDoesNotHoldUpTheOthers() {
        try (StreamPair pair = new StreamPair(3, CLEAN, 3)) {
            ShardSession session = pair.connectAll(3);
            Channel stalled = pair.serverChannels.get(1);
            stalled.config().setAutoRead(false);
            double from = pair.seconds();
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(pair.send(session, 400_000 + i));
            }
            pair.awaitAll(sent);
            double took = pair.seconds() - from;
            assertTrue(took < 0.6, () -> "took " + took + " s");
            assertEquals(8, pair.atServer.messages.size());
            pair.simulation.runFor(Duration.ofSeconds(3));
            assertEquals(1, pair.count(pair.client, TransportReason.FEEDBACK_ENDED));
            assertFalse(SimulatedPair.engine(session).paths.find(1).isAlive());
            stalled.config().setAutoRead(true);
            pair.simulation.runFor(Duration.ofSeconds(8));
            assertTrue(SimulatedPair.engine(session).paths.find(1).isAlive(), "probes bring it back");
            pair.simulation.await(pair.send(session, 1_000_000), LIMIT);
            assertEquals(9, pair.atServer.messages.size());
            assertTrue(pair.isContentRight(pair.atServer));
        }
    }

    @Test
    void whatOtherConnectionsOvertakeForATenthOfASecondIsNotSentAgain() {
        try (StreamPair pair = new StreamPair(11, CLEAN, 2)) {
            ShardSession session = pair.connectAll(2);
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(pair.send(session, 400_000 + i));
            }
            pair.simulation.runFor(Duration.ofMillis(50));
            Channel slow = pair.serverChannels.get(1);
            slow.config().setAutoRead(false);
            pair.simulation.runFor(Duration.ofMillis(100));
            slow.config().setAutoRead(true);
            pair.awaitAll(sent);
            assertTrue(pair.count(pair.server, ReassemblyReason.REPAIR_REQUESTED) > 0);
            assertEquals(0, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
            assertTrue(pair.isContentRight(pair.atServer));
        }
    }

    @Test
    void aConnectionThatBreaksAmidAMessageLosesNothingAndComesBack() {
        Property.named("a broken connection loses nothing").runs(12).maxSize(10).check((random, size) -> {
            int connections = 1 + random.nextInt(3);
            try (StreamPair pair = new StreamPair(random.nextLong(), CLEAN, connections)) {
                ShardSession session = pair.connectAll(connections);
                List<Future<Void>> sent = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    sent.add(pair.send(session, 200_000 + i));
                }
                pair.simulation.runFor(Duration.ofMillis(5 + random.nextInt(60)));
                List<Channel> side = random.nextBoolean() ? pair.clientChannels : pair.serverChannels;
                side.get(random.nextInt(connections)).close();
                pair.awaitAll(sent);
                assertEquals(size, pair.atServer.messages.size());
                assertTrue(pair.isContentRight(pair.atServer));
                pair.simulation.runFor(Duration.ofSeconds(1));
                assertEquals(1, pair.count(pair.client, TransportReason.CONNECTION_LOST));
                assertEquals(1, pair.count(pair.server, TransportReason.CONNECTION_LOST));
                assertEquals(connections, pair.serverPaths());
                assertEquals(connections, SimulatedPair.engine(session).paths.count());
            }
        });
    }

    @Test
    void allConnectionsMayBreakAndComeBack() {
        try (StreamPair pair = new StreamPair(5, CLEAN, 3)) {
            ShardSession session = pair.connectAll(3);
            for (int round = 0; round < 3; round++) {
                Future<Void> sent = pair.send(session, 1_000_000 + round);
                pair.simulation.runFor(Duration.ofMillis(30));
                List.copyOf(pair.serverChannels).forEach(Channel::close);
                pair.simulation.await(sent, LIMIT);
                pair.simulation.runFor(Duration.ofMillis(500));
            }
            assertEquals(3, pair.atServer.messages.size());
            assertTrue(pair.isContentRight(pair.atServer));
            assertEquals(3, pair.serverPaths());
            assertEquals(1, pair.atServer.opened.size());
            assertEquals(List.of(), pair.atServer.closed);
        }
    }

    @Test
    void aSessionWithoutAnyConnectionEndsOnBothSidesInTime() {
        TransportConfig config =
                SimulatedPair.config(6).handshakeTimeout(Duration.ofSeconds(2)).build();
        try (StreamPair pair = new StreamPair(6, CLEAN, 2, 1, config)) {
            ShardSession session = pair.connectAll(2);
            pair.simulation.disconnect(pair.clientNode, pair.serverNode);
            List.copyOf(pair.clientChannels).forEach(Channel::close);
            List.copyOf(pair.serverChannels).forEach(Channel::close);
            Future<Void> sent = pair.send(session, 1000);
            pair.simulation.runFor(Duration.ofMillis(1900));
            assertTrue(session.isOpen());
            pair.simulation.runFor(Duration.ofMillis(300));
            assertFalse(session.isOpen());
            assertFalse(sent.isSuccess());
            assertEquals(1, pair.atServer.closed.size());
            pair.simulation.connect(pair.clientNode, pair.serverNode, CLEAN);
        }
    }

    @Test
    void failsToConnectWhereNobodyListens() {
        try (StreamPair pair = new StreamPair(7, CLEAN, 2)) {
            Future<ShardSession> refused = pair.client.connect(pair.serverNode.address(4001));
            assertTrue(pair.simulation.runUntil(refused::isDone, LIMIT));
            assertFalse(refused.isSuccess());
        }
    }

    @Test
    void closingASessionClosesItsConnectionsAndTellsThePeer() {
        try (StreamPair pair = new StreamPair(8, CLEAN, 3)) {
            ShardSession session = pair.connectAll(3);
            pair.simulation.await(session.close(), LIMIT);
            pair.simulation.runFor(Duration.ofMillis(100));
            assertEquals(1, pair.atServer.closed.size());
            assertTrue(pair.clientChannels.stream().noneMatch(Channel::isOpen));
            assertTrue(pair.serverChannels.stream().noneMatch(Channel::isOpen));
            assertEquals(0, pair.count(pair.client, TransportReason.CONNECTION_LOST));
        }
    }

    @Test
    void anUrgentMessageOvertakesTheBulkThatWaitsAtTheSender() {
        Impairment slow = CLEAN.toBuilder().rateBytesPerSecond(1_250_000).build();
        try (StreamPair pair = new StreamPair(9, slow, 2)) {
            ShardSession session = pair.connectAll(2);
            List<Future<Void>> bulk = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                bulk.add(pair.send(session, 1_000_000 + i));
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            double from = pair.seconds();
            Future<Void> urgent =
                    pair.send(session, 1000, MessageOptions.reliable().withTrafficClass(TrafficClass.REAL_TIME));
            pair.simulation.await(urgent, LIMIT);
            double took = pair.seconds() - from;
            assertTrue(bulk.stream().filter(Future::isDone).count() < 2);
            assertTrue(took < 0.4, () -> "took " + took + " s");
            pair.awaitAll(bulk);
        }
    }

    @Test
    void connectionsMayBeOnOtherLoopsThanTheirSession() {
        TransportConfig config = SimulatedPair.config(10).build();
        try (StreamPair pair = new StreamPair(10, CLEAN, 3, 4, config)) {
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ShardSession session = pair.connect();
                sent.add(pair.send(session, 200_000 + i));
                sent.add(pair.send(session, 1000 + i));
            }
            pair.awaitAll(sent);
            assertEquals(16, pair.atServer.messages.size());
            assertTrue(pair.isContentRight(pair.atServer));
            Set<Integer> owners = new HashSet<>();
            pair.atServer.opened.forEach(session -> owners.add(
                    SessionSecrets.loopOf(SimulatedPair.engine(session).id())));
            assertTrue(owners.size() > 1);
            pair.simulation.runFor(Duration.ofMillis(100));
            pair.atServer.opened.forEach(session ->
                    assertEquals(3, SimulatedPair.engine(session).paths.count()));
        }
    }

    @Test
    void theOnlyConnectionThatStallsRepeatsNothing() {
        try (StreamPair pair = new StreamPair(12, CLEAN, 1)) {
            ShardSession session = pair.connectAll(1);
            Channel stalled = pair.serverChannels.get(0);
            Future<Void> sent = pair.send(session, 2_000_000);
            pair.simulation.runFor(Duration.ofMillis(30));
            stalled.config().setAutoRead(false);
            pair.simulation.runFor(Duration.ofSeconds(3));
            assertEquals(1, pair.count(pair.client, TransportReason.FEEDBACK_ENDED));
            stalled.config().setAutoRead(true);
            pair.simulation.await(sent, LIMIT);
            assertEquals(0, pair.count(pair.client, TransportReason.SHARD_REPAIRED));
            assertTrue(pair.isContentRight(pair.atServer));
        }
    }

    @Test
    void aConnectionThatIsClosedAgainAtOnceIsAFailedOne() {
        EmbeddedChannel closed = new EmbeddedChannel();
        closed.close();
        Promise<StreamConnection> dialed = ImmediateEventExecutor.INSTANCE.newPromise();
        StreamEndpoint.onDialed(closed.newSucceededFuture(), false, dialed);
        assertFalse(dialed.isSuccess());
        assertTrue(dialed.cause() instanceof ClosedChannelException);
    }
}
