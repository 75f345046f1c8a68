package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of those who are no honest peers. */
class StreamStrangersTest {

    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(12_500_000)
            .delay(Duration.ofMillis(5))
            .build();

    private static ByteBuf probe(StreamPair pair, int pathId, long session, long number) {
        return pair.forge.control(PacketKind.PROBE, pathId, session, number, out -> {});
    }

    private static boolean isClosedAfter(StreamPair pair, ByteBuf packet) {
        Channel stranger = pair.stranger();
        stranger.writeAndFlush(packet);
        return pair.simulation.runUntil(() -> !stranger.isOpen(), Duration.ofSeconds(1));
    }

    private static void stillWorks(StreamPair pair, ShardSession session, int paths) {
        pair.simulation.await(pair.send(session, 300_000), StreamPair.LIMIT);
        assertEquals(paths, pair.serverPaths());
        assertTrue(pair.isContentRight(pair.atServer));
    }

    @Test
    void aWrongSessionIdIsRefusedAtOnce() {
        try (StreamPair pair = new StreamPair(1, CLEAN, 2)) {
            ShardSession session = pair.connectAll(2);
            assertTrue(isClosedAfter(pair, probe(pair, 2, pair.serverEngine().id() ^ 0x1000, 0)));
            assertEquals(1, pair.count(pair.server, TransportReason.UNKNOWN_SESSION));
            assertEquals(1, pair.count(pair.server, TransportReason.STRAY_CONNECTION));
            stillWorks(pair, session, 2);
        }
    }

    @Test
    void aPathIdBeyondTheBoundIsRefused() {
        try (StreamPair pair = new StreamPair(2, CLEAN, 2)) {
            ShardSession session = pair.connectAll(2);
            long id = pair.serverEngine().id();
            assertTrue(isClosedAfter(pair, probe(pair, SessionPaths.MAX_PATHS, id, 0)));
            assertTrue(isClosedAfter(pair, probe(pair, 2, id, 4096)));
            assertTrue(isClosedAfter(pair, probe(pair, 2, id, -1)));
            assertEquals(3, pair.count(pair.server, TransportReason.UNKNOWN_PATH));
            stillWorks(pair, session, 2);
        }
    }

    @Test
    void aTakenPathStaysWithTheConnectionThatHasIt() {
        try (StreamPair pair = new StreamPair(3, CLEAN, 2)) {
            ShardSession session = pair.connectAll(2);
            PacketSink before = pair.serverEngine().paths.find(1).out.sink();
            assertTrue(isClosedAfter(pair, probe(pair, 1, pair.serverEngine().id(), 3)));
            assertEquals(before, pair.serverEngine().paths.find(1).out.sink());
            assertEquals(1, pair.count(pair.server, TransportReason.UNKNOWN_PATH));
            stillWorks(pair, session, 2);
        }
    }

    @Test
    void aPathWhoseConnectionIsDeadIsGivenToTheOneThatClaimsIt() {
        try (StreamPair pair = new StreamPair(4, CLEAN, 2)) {
            ShardSession session = pair.connectAll(2);
            Channel silent = pair.clientChannels.get(1);
            silent.config().setAutoRead(false);
            PacketSink before = pair.serverEngine().paths.find(1).out.sink();
            long id = pair.serverEngine().id();
            assertTrue(isClosedAfter(pair, probe(pair, 1, id, 0)), "asks first");
            pair.simulation.runFor(Duration.ofSeconds(3));
            assertFalse(pair.serverEngine().paths.find(1).isAlive());
            assertFalse(isClosedAfter(pair, probe(pair, 1, id, 0)));
            assertTrue(before != pair.serverEngine().paths.find(1).out.sink());
            pair.simulation.await(pair.send(session, 300_000), StreamPair.LIMIT);
        }
    }

    @Test
    void aConnectionCarriesOnePathOfOneSession() {
        try (StreamPair pair = new StreamPair(5, CLEAN, 1)) {
            ShardSession session = pair.connectAll(1);
            ShardSession second = pair.connect();
            long id = pair.serverEngine().id();
            long other = SimulatedPair.engine(pair.atServer.opened.get(1)).id();
            Channel stranger = pair.stranger();
            stranger.writeAndFlush(probe(pair, 7, id, 0));
            stranger.writeAndFlush(probe(pair, 8, id, 0));
            pair.simulation.runFor(Duration.ofMillis(100));
            assertEquals(2, pair.serverPaths());
            assertTrue(stranger.isOpen());
            stranger.writeAndFlush(probe(pair, 7, other, 0));
            pair.simulation.runFor(Duration.ofMillis(100));
            assertFalse(stranger.isOpen());
            assertEquals(1, pair.serverPaths());
            assertEquals(1, pair.count(pair.server, TransportReason.STRAY_CONNECTION));
            stillWorks(pair, session, 1);
            assertTrue(second.isOpen());
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosedInTime() {
        TransportConfig config =
                SimulatedPair.config(6).handshakeTimeout(Duration.ofSeconds(2)).build();
        try (StreamPair pair = new StreamPair(6, CLEAN, 1, 1, config)) {
            Channel stranger = pair.stranger();
            stranger.writeAndFlush(pair.forge.hello(5, new byte[0]));
            pair.simulation.runFor(Duration.ofMillis(1900));
            assertTrue(stranger.isOpen());
            pair.simulation.runFor(Duration.ofMillis(200));
            assertFalse(stranger.isOpen());
            assertEquals(1, pair.count(pair.server, TransportReason.STRAY_CONNECTION));
        }
    }

    @Test
    void theOldestOfTooManyStrangersGoesFirst() {
        TransportConfig config =
                SimulatedPair.config(7).handshakeTimeout(Duration.ofMinutes(1)).build();
        try (StreamPair pair = new StreamPair(7, CLEAN, 1, 1, config)) {
            ShardSession session = pair.connectAll(1);
            List<Channel> strangers = new ArrayList<>();
            for (int i = 0; i <= StreamEndpoint.MAX_STRANGERS; i++) {
                strangers.add(pair.stranger());
            }
            pair.simulation.runFor(Duration.ofMillis(20));
            assertEquals(1, strangers.stream().filter(each -> !each.isOpen()).count());
            assertFalse(strangers.get(0).isOpen());
            stillWorks(pair, session, 1);
        }
    }
}
