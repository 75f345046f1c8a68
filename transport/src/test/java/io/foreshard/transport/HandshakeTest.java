package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.Accept;
import io.foreshard.shardcodec.HandshakeCodec;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Impairment PATH = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .build();
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.7", 443);

    @Test
    void opensAfterOneCookieRetryAndTwoRoundTrips() {
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            pair.serverTap.recording = true;
            long before = pair.simulation.nowNanos();
            ShardSession session = pair.connect();
            long took = pair.simulation.nowNanos() - before;
            assertTrue(session.isOpen());
            assertEquals(2, pair.serverTap.in(PacketKind.HELLO).size());
            assertEquals(2, pair.serverTap.out(PacketKind.ACCEPT).size());
            assertTrue(took < Duration.ofMillis(90).toNanos(), () -> "took " + took);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void survivesThatAHelloIsLost(int which) {
        try (SimulatedPair pair = new SimulatedPair(2, PATH)) {
            AtomicInteger hellos = new AtomicInteger();
            pair.serverTap.dropIn = seen -> seen.kind() == PacketKind.HELLO && hellos.incrementAndGet() == which;
            assertTrue(pair.connect().isOpen());
            assertEquals(1, pair.atServer.opened.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void survivesThatAnAcceptIsLostWithOneSession(int which) {
        try (SimulatedPair pair = new SimulatedPair(3, PATH)) {
            AtomicInteger accepts = new AtomicInteger();
            pair.serverTap.dropOut = seen -> seen.kind() == PacketKind.ACCEPT && accepts.incrementAndGet() == which;
            ShardSession session = pair.connect();
            assertTrue(session.isOpen());
            assertEquals(1, pair.atServer.opened.size());
            pair.simulation.await(pair.send(session, 3000), LIMIT);
            assertEquals(1, pair.atServer.messages.size());
        }
    }

    @Test
    void duplicatedHellosMakeOneSession() {
        Impairment twice = PATH.toBuilder().duplicate(1).build();
        try (SimulatedPair pair = new SimulatedPair(4, twice)) {
            ShardSession session = pair.connect();
            pair.simulation.await(pair.send(session, 30_000), LIMIT);
            assertEquals(1, pair.atServer.opened.size());
            assertEquals(1, pair.atServer.messages.size());
        }
    }

    @Test
    void aRoundTripTimeIsNotTakenFromTheAnswerToAnEarlierHello() {
        try (SimulatedPair pair = new SimulatedPair(5, PATH)) {
            pair.clientTap.recording = true;
            Future<ShardSession> opening = pair.client.connect(pair.serverAddress());
            pair.simulation.runUntil(() -> !pair.clientTap.in.isEmpty(), LIMIT);
            byte[] retry = pair.clientTap.in.get(0).bytes();
            pair.simulation.runFor(Duration.ofMillis(30));
            pair.clientTap.arrive(pair.message(retry), pair.serverAddress());
            ShardSession session = pair.await(opening);
            pair.simulation.runFor(Duration.ofSeconds(1));
            long rtt = session.stats().minRttNanos();
            assertTrue(rtt >= 40_000_000L, () -> "rtt " + rtt);
        }
    }

    @Test
    void aForgedCookieIsAnsweredWithARightOne() {
        try (SimulatedPair pair = new SimulatedPair(5, PATH)) {
            pair.serverTap.recording = true;
            pair.serverTap.arrive(pair.forge.hello(77, new byte[CookieMint.COOKIE_BYTES]), pair.clientAddress());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(1, pair.count(pair.server, TransportReason.BAD_COOKIE));
            assertEquals(0, pair.atServer.opened.size());
            assertNotNull(cookieOf(pair.serverTap.out.get(0)));
        }
    }

    @Test
    void aCookieAgesAndFitsOneAddressAndOneSessionOnly() {
        try (SimulatedPair pair = new SimulatedPair(6, PATH)) {
            InetSocketAddress from = pair.clientAddress();
            pair.serverTap.recording = true;
            pair.serverTap.arrive(pair.forge.hello(77, new byte[0]), from);
            pair.simulation.runFor(Duration.ofSeconds(1));
            byte[] cookie = cookieOf(pair.serverTap.out.get(0));
            pair.serverTap.arrive(pair.forge.hello(78, cookie), from);
            pair.serverTap.arrive(pair.forge.hello(77, cookie), new InetSocketAddress(from.getAddress(), 9));
            pair.simulation.runFor(Duration.ofSeconds(12));
            pair.serverTap.arrive(pair.forge.hello(77, cookie), from);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(3, pair.count(pair.server, TransportReason.BAD_COOKIE));
            assertEquals(0, pair.atServer.opened.size());
        }
    }

    private static byte[] cookieOf(Tap.Seen answer) {
        Accept accept = HandshakeCodec.readAccept(
                Unpooled.wrappedBuffer(answer.bytes()),
                WireFormat.CONTROL_OVERHEAD_BYTES,
                answer.length() - WireFormat.CONTROL_OVERHEAD_BYTES);
        return ((Accept.Retry) accept).cookie();
    }

    @Test
    void aShortHelloIsNotAnswered() {
        try (SimulatedPair pair = new SimulatedPair(7, PATH)) {
            pair.serverTap.recording = true;
            int tooShort = WireFormat.MIN_PATH_MTU_BYTES - 1;
            pair.serverTap.arrive(
                    pair.forge.hello(List.of(WireFormat.VERSION), 77, new byte[0], null, tooShort),
                    pair.clientAddress());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(0, pair.serverTap.out.size());
            assertEquals(1, pair.count(pair.server, TransportReason.SHORT_HELLO));
        }
    }

    @Test
    void tenThousandSpoofedHellosCostNoMemoryAndAreNeverAmplified() {
        try (SimulatedPair pair = new SimulatedPair(8, PATH)) {
            pair.serverTap.recording = true;
            for (int i = 0; i < 10_000; i++) {
                InetSocketAddress from = new InetSocketAddress("10.7." + (i >> 8) + "." + (i & 255), 1 + i);
                byte[] cookie = i % 2 == 0 ? new byte[0] : SimulatedPair.bytes(i, CookieMint.COOKIE_BYTES);
                pair.serverTap.arrive(pair.forge.hello(1 + i, cookie), from);
                if (i % 100 == 0) {
                    pair.simulation.runFor(Duration.ofMillis(1));
                }
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(0, pair.atServer.opened.size());
            assertEquals(0, pair.server.reassemblyBytes());
            assertEquals(10_000, pair.serverTap.out.size());
            assertTrue(pair.serverTap.out.stream().allMatch(seen -> seen.length() < WireFormat.MIN_PATH_MTU_BYTES));
            pair.allocator.assertAllReleased();
        }
    }

    @Test
    void nothingOfAnUnknownSourceIsKeptBeforeAccept() {
        try (SimulatedPair pair = new SimulatedPair(9, PATH)) {
            var payload = pair.message(new byte[1000]);
            for (int i = 0; i < 1000; i++) {
                pair.serverTap.arrive(pair.forge.shard(i, i, i, payload), pair.clientAddress());
            }
            payload.release();
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(1000, pair.count(pair.server, TransportReason.UNKNOWN_SESSION));
            assertEquals(0, pair.server.peakReassemblyBytes());
        }
    }

    @Test
    void versionsWithoutAnyInCommonFailWithATypedFailure() {
        try (SimulatedPair pair = new SimulatedPair(10, PATH)) {
            pair.serverTap.recording = true;
            pair.serverTap.arrive(pair.forge.hello(List.of(9, 33), 77, new byte[0], null, 1200), pair.clientAddress());
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(1, pair.count(pair.server, TransportReason.NO_COMMON_VERSION));
            assertEquals(PacketKind.CLOSE, pair.serverTap.out.get(0).kind());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = io.foreshard.shardcodec.CloseReason.class,
            names = {"VERSION", "OVERLOADED", "DESTINATION"})
    void anInitiatorThatIsRefusedFailsWithTheReason(io.foreshard.shardcodec.CloseReason reason) {
        try (SimulatedPair pair = new SimulatedPair(11, PATH)) {
            pair.clientTap.recording = true;
            pair.serverTap.dropIn = seen -> true;
            Future<ShardSession> opening = pair.client.connect(pair.serverAddress());
            pair.simulation.runFor(Duration.ofMillis(100));
            long id = Unpooled.wrappedBuffer(pair.clientTap.out.get(0).bytes())
                    .getLong(WireFormat.CONTROL_OVERHEAD_BYTES + 2);
            pair.clientTap.arrive(
                    pair.forge.control(PacketKind.CLOSE, id, 0, out -> out.writeByte(reason.code())),
                    pair.serverAddress());
            MessageFailedException failure = pair.failureOf(opening, Duration.ofSeconds(1));
            assertEquals(MessageFailedException.Cause.SESSION_CLOSED, failure.reason());
            assertTrue(failure.getMessage().contains(reason.name()), failure::getMessage);
        }
    }

    @Test
    void theSessionTooManyIsRefusedWithATypedFailure() {
        TransportConfig one = SimulatedPair.config(12).maxSessions(1).build();
        try (SimulatedPair pair =
                new SimulatedPair(12, PATH, PATH, SimulatedPair.config(13).build(), one, 1)) {
            pair.connect();
            MessageFailedException failure =
                    pair.failureOf(pair.client.connect(pair.serverAddress()), Duration.ofSeconds(2));
            assertTrue(failure.getMessage().contains("OVERLOADED"), failure::getMessage);
            assertEquals(1, pair.count(pair.server, TransportReason.TOO_MANY_SESSIONS));
            assertEquals(1, pair.atServer.opened.size());
        }
    }

    @Test
    void aClosedSessionMakesRoomForAnother() {
        TransportConfig one = SimulatedPair.config(12).maxSessions(1).build();
        try (SimulatedPair pair =
                new SimulatedPair(12, PATH, PATH, SimulatedPair.config(13).build(), one, 1)) {
            pair.simulation.await(pair.connect().close(), LIMIT);
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertTrue(pair.connect().isOpen());
        }
    }

    @Test
    void aDestinationIsCarriedWhenItIsServedAndRefusedWhenNot() {
        TransportConfig relay = SimulatedPair.config(14)
                .acceptDestination(destination -> destination.getPort() == 443)
                .build();
        try (SimulatedPair pair =
                new SimulatedPair(14, PATH, PATH, SimulatedPair.config(15).build(), relay, 1)) {
            ShardSession session = pair.await(pair.client.connect(pair.serverAddress(), ELSEWHERE));
            assertEquals(ELSEWHERE, pair.accepted().destination());
            assertEquals(ELSEWHERE, session.destination());
            InetSocketAddress refused = new InetSocketAddress("192.0.2.7", 444);
            MessageFailedException failure =
                    pair.failureOf(pair.client.connect(pair.serverAddress(), refused), Duration.ofSeconds(2));
            assertTrue(failure.getMessage().contains("DESTINATION"), failure::getMessage);
            assertEquals(1, pair.count(pair.server, TransportReason.WRONG_DESTINATION));
        }
    }

    @Test
    void anEndpointThatIsNoRelayRefusesEveryDestination() {
        try (SimulatedPair pair = new SimulatedPair(16, PATH)) {
            MessageFailedException failure =
                    pair.failureOf(pair.client.connect(pair.serverAddress(), ELSEWHERE), Duration.ofSeconds(2));
            assertTrue(failure.getMessage().contains("DESTINATION"), failure::getMessage);
        }
    }

    @Test
    void nobodyThereFailsWhenTheHandshakesTimeIsUp() {
        TransportConfig config =
                SimulatedPair.config(17).handshakeTimeout(Duration.ofSeconds(3)).build();
        try (SimulatedPair pair = new SimulatedPair(17, PATH, PATH, config, 1)) {
            pair.serverTap.dropIn = seen -> true;
            pair.clientTap.recording = true;
            long before = pair.simulation.nowNanos();
            MessageFailedException failure = pair.failureOf(pair.client.connect(pair.serverAddress()), LIMIT);
            long took = pair.simulation.nowNanos() - before;
            assertEquals(MessageFailedException.Cause.SESSION_CLOSED, failure.reason());
            assertTrue(Math.abs(took - 3_000_000_000L) < 5_000_000L, () -> "took " + took);
            assertEquals(4, pair.clientTap.out.size(), "at 0, 0.2, 0.6 and 1.4 s");
        }
    }

    @Test
    void messagesSentBeforeTheSessionIsOpenLeaveOnceItIs() {
        try (SimulatedPair pair = new SimulatedPair(18, PATH)) {
            AtomicInteger hellos = new AtomicInteger();
            pair.serverTap.dropIn = seen -> hellos.incrementAndGet() <= 1;
            Future<ShardSession> opening = pair.client.connect(pair.serverAddress());
            ShardSession session = pair.await(opening);
            assertEquals(0, pair.atServer.messages.size());
            pair.simulation.await(pair.send(session, 5), LIMIT);
            assertEquals(1, pair.atServer.messages.size());
        }
    }
}
