package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SimulatedNat;
import io.foreshard.simulator.link.Impairment;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Several paths of one session: one for each marked traffic class. */
class SessionPathsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(12_500_000)
            .delay(Duration.ofMillis(5))
            .queueBytes(500_000)
            .build();
    private static final TrafficClass[] MARKED = {TrafficClass.REAL_TIME, TrafficClass.LOW_LATENCY};

    private static SimulatedPair marked(long seed, Impairment both) {
        TransportConfig config = SimulatedPair.config(seed).build();
        return new SimulatedPair(seed, both, both, config, config, 1, MARKED);
    }

    private static Future<Void> send(SimulatedPair pair, ShardSession session, int bytes, TrafficClass trafficClass) {
        return session.send(
                pair.message(SimulatedPair.bytes(bytes, bytes)),
                MessageOptions.reliable().withTrafficClass(trafficClass));
    }

    /** Returns a tap on the socket of a class. */
    private static Tap tap(List<Channel> channels, TrafficClass trafficClass) {
        return channels.stream()
                .filter(channel -> channel.config().getOption(ChannelOption.IP_TOS) == trafficClass.dscp() << 2)
                .findFirst()
                .map(Tap::new)
                .orElseThrow();
    }

    private static Set<Integer> pathIds(List<Tap.Seen> packets) {
        return packets.stream().map(seen -> seen.bytes()[3] & 0xFF).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachMarkedClassLeavesFromItsOwnSocketOnTheSamePort() {
        try (SimulatedPair pair = marked(1, CLEAN)) {
            Tap realTime = tap(pair.clientChannels, TrafficClass.REAL_TIME);
            Tap lowLatency = tap(pair.clientChannels, TrafficClass.LOW_LATENCY);
            List<Tap> taps = List.of(pair.clientTap, realTime, lowLatency);
            taps.forEach(tap -> tap.recording = true);
            ShardSession session = pair.connect();
            for (TrafficClass each : TrafficClass.values()) {
                pair.simulation.await(send(pair, session, 10_000, each), LIMIT);
            }
            assertEquals(Set.of(1), pathIds(realTime.out(PacketKind.SHARD)));
            assertEquals(Set.of(3), pathIds(lowLatency.out(PacketKind.SHARD)));
            assertEquals(Set.of(0), pathIds(pair.clientTap.out(PacketKind.SHARD)));
            assertEquals(3, SimulatedPair.engine(session).paths.count());
            assertEquals(0, pair.count(pair.server, TransportReason.NEW_ADDRESS));
            assertTrue(pair.client.capabilities().stream()
                    .anyMatch(each -> each.name().equals("traffic class marks") && each.works()));
        }
    }

    @Test
    void aPathIsAcknowledgedOnItselfAndOpensNoneTheApplicationDoesNotUse() {
        try (SimulatedPair pair = marked(2, CLEAN)) {
            Tap back = tap(pair.serverChannels, TrafficClass.LOW_LATENCY);
            back.recording = true;
            ShardSession session = pair.connect();
            assertEquals(1, SimulatedPair.engine(session).paths.count());
            pair.simulation.await(send(pair, session, 200_000, TrafficClass.LOW_LATENCY), LIMIT);
            assertEquals(Set.of(3), pathIds(back.out(PacketKind.ACK)));
            assertEquals(2, SimulatedPair.engine(pair.accepted()).paths.count());
            Path path = SimulatedPair.engine(session).paths.find(3).path;
            pair.simulation.runFor(Duration.ofMillis(100));
            assertTrue(path.loss.ackedPackets() > 100);
            assertEquals(0, path.sent.inFlightBytes());
        }
    }

    @Test
    void aPeerThatDoesNotMarkAnswersFromItsOneSocket() {
        TransportConfig config = SimulatedPair.config(3).build();
        try (SimulatedPair pair = new SimulatedPair(3, CLEAN, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            SessionEngine server = SimulatedPair.engine(pair.accepted());
            pair.serverTap.arrive(
                    pair.forge.control(PacketKind.PROBE, 3, server.id(), 0, out -> {}), pair.clientAddress());
            pair.serverTap.recording = true;
            pair.simulation.runFor(Duration.ofMillis(100));
            assertTrue(pathIds(pair.serverTap.out(PacketKind.ACK)).contains(3));
            pair.simulation.await(send(pair, pair.accepted(), 10_000, TrafficClass.LOW_LATENCY), LIMIT);
            assertEquals(Set.of(0), pathIds(pair.serverTap.out(PacketKind.SHARD)));
            pair.simulation.await(pair.send(session, 1000), LIMIT);
        }
    }

    @Test
    void whatADeadPathCarriedIsRepairedOnOthersUntilItLivesAgain() {
        try (SimulatedPair pair = marked(4, CLEAN)) {
            Tap dropped = tap(pair.clientChannels, TrafficClass.REAL_TIME);
            ShardSession session = pair.connect();
            pair.simulation.await(send(pair, session, 10_000, TrafficClass.REAL_TIME), LIMIT);
            dropped.dropOut = seen -> true;
            double asked = pair.seconds();
            pair.simulation.await(send(pair, session, 50_000, TrafficClass.REAL_TIME), LIMIT);
            double tookSeconds = pair.seconds() - asked;
            assertTrue(tookSeconds < 1, () -> "took " + tookSeconds + " s");
            assertEquals(1, pair.count(pair.client, TransportReason.FEEDBACK_ENDED));
            SessionPaths paths = SimulatedPair.engine(session).paths;
            assertFalse(paths.find(1).isAlive());
            assertEquals(0, paths.find(1).classes());
            dropped.dropOut = seen -> false;
            pair.simulation.runFor(Duration.ofSeconds(5));
            assertTrue(paths.find(1).isAlive(), "probes bring it back");
            dropped.recording = true;
            pair.simulation.await(send(pair, session, 10_000, TrafficClass.REAL_TIME), LIMIT);
            assertFalse(dropped.out(PacketKind.SHARD).isEmpty());
        }
    }

    @Test
    void whatWasInFlightOnAPathThatIsClosedLeavesOnOthers() {
        try (SimulatedPair pair = marked(6, CLEAN)) {
            ShardSession session = pair.connect();
            SessionPaths paths = SimulatedPair.engine(session).paths;
            Future<Void> sent = send(pair, session, 300_000, TrafficClass.REAL_TIME);
            pair.simulation.runFor(Duration.ofMillis(12));
            SessionPath closing = paths.find(1);
            long underWay = closing.path.sent.inFlightBytes();
            assertTrue(underWay > 0);
            closing.close(pair.simulation.nowNanos());
            assertNull(paths.find(1));
            pair.simulation.await(sent, LIMIT);
            assertTrue(closing.path.loss.lostPackets() > 0);
            assertTrue(paths.find(0).path.loss.deliveredBytes() >= underWay);
            pair.simulation.await(send(pair, session, 1000, TrafficClass.REAL_TIME), LIMIT);
        }
    }

    @Test
    void lostShardsAreRepairedWithTheirOwnClassAndNothingIsLostOnAnyPath() {
        Property.named("classes keep to their paths over a bad path")
                .runs(8)
                .maxSize(12)
                .check((random, size) -> {
                    long seed = random.nextLong();
                    Impairment lossy =
                            CLEAN.toBuilder().loss(0.05).duplicate(0.02).build();
                    try (SimulatedPair pair = marked(seed, lossy)) {
                        Tap realTime = tap(pair.clientChannels, TrafficClass.REAL_TIME);
                        realTime.recording = true;
                        pair.clientTap.recording = true;
                        ShardSession session = pair.connect();
                        List<Future<Void>> sent = new ArrayList<>();
                        for (int i = 0; i < size; i++) {
                            sent.add(send(
                                    pair,
                                    session,
                                    40_000 + i,
                                    TrafficClass.values()[i % TrafficClass.values().length]));
                        }
                        pair.runUntilDone(sent, LIMIT);
                        assertTrue(sent.stream().allMatch(Future::isSuccess));
                        assertEquals(size, pair.atServer.messages.size());
                        pair.atServer.messages.forEach(content -> assertTrue(
                                Arrays.equals(SimulatedPair.bytes(content.length, content.length), content)));
                        assertTrue(Set.of(1).containsAll(classesOf(realTime.out(PacketKind.SHARD))));
                        assertFalse(
                                classesOf(pair.clientTap.out(PacketKind.SHARD)).contains(1));
                    }
                });
    }

    private static Set<Integer> classesOf(List<Tap.Seen> shards) {
        return shards.stream().map(seen -> (seen.bytes()[44] & 0xFF) >>> 4).collect(Collectors.toSet());
    }

    @Test
    void allPathsMoveWithTheAddressAndOneValidationServesThem() {
        try (SimulatedPair pair = marked(5, CLEAN)) {
            SimulatedNat nat = pair.simulation.addNat(pair.clientNode, "198.51.100.1");
            ShardSession session = pair.connect();
            pair.simulation.await(send(pair, session, 10_000, TrafficClass.REAL_TIME), LIMIT);
            pair.simulation.await(send(pair, session, 10_000, TrafficClass.LOW_LATENCY), LIMIT);
            SessionPaths server = SimulatedPair.engine(pair.accepted()).paths;
            SocketAddress before = server.primary().path.remote();
            nat.rebind();
            pair.simulation.await(send(pair, session, 200_000, TrafficClass.LOW_LATENCY), LIMIT);
            SocketAddress after = server.find(3).path.remote();
            assertNotEquals(before, after);
            assertEquals(after, server.find(0).path.remote());
            assertEquals(after, server.find(1).path.remote());
            pair.simulation.await(send(pair, pair.accepted(), 10_000, TrafficClass.STANDARD), LIMIT);
            pair.simulation.await(send(pair, session, 10_000, TrafficClass.REAL_TIME), LIMIT);
        }
    }

    @Test
    void forgedPathIdsOpenNoMorePathsThanTheBound() {
        try (SimulatedPair pair = new SimulatedPair(14, CLEAN)) {
            ShardSession session = pair.connect();
            SessionEngine server = SimulatedPair.engine(pair.accepted());
            for (int id = 0; id < 256; id++) {
                for (long number : new long[] {1L << 40, -1, 4096, 7}) {
                    pair.serverTap.arrive(
                            pair.forge.control(PacketKind.PROBE, id, server.id(), number, out -> {}),
                            pair.clientAddress());
                }
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(SessionPaths.MAX_PATHS, server.paths.count());
            long refused = 4L * (256 - SessionPaths.MAX_PATHS) + 3L * (SessionPaths.MAX_PATHS - 1);
            assertEquals(refused, pair.count(pair.server, TransportReason.UNKNOWN_PATH));
            assertEquals(0, server.paths.primary().path.id, "what a peer opens takes no class away");
            pair.simulation.await(pair.send(session, 300_000), LIMIT);
            pair.simulation.await(pair.send(pair.accepted(), 300_000), LIMIT);
        }
    }
}
