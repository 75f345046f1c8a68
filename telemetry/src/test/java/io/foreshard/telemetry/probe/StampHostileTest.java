package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What strangers, old packets and clocks that were set can do. */
class StampHostileTest {

    private static final Impairment CLEAN =
            Impairment.builder().delay(Duration.ofMillis(20)).build();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static byte[] probe() {
        ByteBuf packet = Unpooled.buffer();
        StampPacket.writeProbe(packet, 7, 1L << 40, 1, 9, 0);
        return ByteBufUtil.getBytes(packet);
    }

    /** Has each datagram that reaches a socket looked at, and possibly changed, before its owner sees it. */
    private static void tamper(SimulatedStamp stamp, int socket, Consumer<ByteBuf> with) {
        stamp.sockets.get(socket).pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                with.accept(((DatagramPacket) message).content());
                context.fireChannelRead(message);
            }
        });
    }

    @Test
    void anyBytesFromAnyoneAreCountedAndNotUsed() {
        Property.named("garbage in, counters up").runs(20).check((random, size) -> {
            try (SimulatedStamp stamp = new SimulatedStamp(size, CLEAN)) {
                stamp.runFor(SECOND);
                for (int packet = 0; packet < 50; packet++) {
                    stamp.forgeAnswer(random.bytes(random.nextInt(100)));
                    stamp.forgeProbe(random.bytes(random.nextInt(44)));
                }
                stamp.runFor(SECOND);
                assertEquals(
                        50, stamp.atSender(ProbeReason.MALFORMED_ANSWER) + stamp.atSender(ProbeReason.UNASKED_ANSWER));
                assertEquals(50, stamp.atReflector(ProbeReason.SHORT_PROBE));
                PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
                assertNotNull(sample);
                assertEquals(40_000_000.0, (double) sample.latencyNanos(), 1_000);
                assertEquals(0, sample.lossRatio());
            }
        });
    }

    @Test
    void aForgedAnswerWithTheRightSequenceAndAWrongTimeIsUnasked() {
        try (SimulatedStamp stamp = new SimulatedStamp(1, CLEAN)) {
            tamper(stamp, 1, answer -> answer.setLong(28, answer.getLong(28) ^ 1));
            stamp.runFor(SECOND);
            assertTrue(stamp.atSender(ProbeReason.UNASKED_ANSWER) >= 8);
            assertNull(stamp.sender.latest(stamp.target(), stamp.now()));
        }
    }

    @Test
    void anAnswerForAnotherSessionIsUnaskedAndOneWithoutASessionIsUsed() {
        try (SimulatedStamp stamp = new SimulatedStamp(2, CLEAN)) {
            int[] id = {1};
            tamper(stamp, 1, answer -> answer.setShort(14, id[0] == 0 ? 0 : answer.getShort(14) ^ id[0]));
            stamp.runFor(SECOND);
            assertTrue(stamp.atSender(ProbeReason.UNASKED_ANSWER) >= 8);
            assertNull(stamp.sender.latest(stamp.target(), stamp.now()));
            id[0] = 0;
            stamp.runFor(SECOND);
            assertNotNull(stamp.sender.latest(stamp.target(), stamp.now()));
        }
    }

    @Test
    void anAnswerFromAStrangerIsUnasked() {
        try (SimulatedStamp stamp = new SimulatedStamp(3, CLEAN)) {
            stamp.sockets
                    .get(1)
                    .pipeline()
                    .fireChannelRead(new DatagramPacket(
                            stamp.allocator.buffer().writeBytes(probe()),
                            stamp.here.address(1),
                            stamp.here.address(862)));
            stamp.runFor(Duration.ofMillis(1));
            assertEquals(1, stamp.atSender(ProbeReason.UNASKED_ANSWER));
        }
    }

    @Test
    void aDuplicateIsCountedOnceAndNotUsed() {
        Impairment doubling = CLEAN.toBuilder().duplicate(1).build();
        try (SimulatedStamp stamp =
                new SimulatedStamp(4, CLEAN, doubling, UnaryOperator.identity(), UnaryOperator.identity())) {
            stamp.runFor(SECOND);
            PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
            assertNotNull(sample);
            assertTrue(stamp.atSender(ProbeReason.REPEATED_ANSWER) >= 8);
            assertEquals(0, sample.lossRatio());
        }
    }

    @Test
    void anAnswerAfterItsDeadlineIsLateAndItsProbeLost() {
        Impairment slow = CLEAN.toBuilder().delay(Duration.ofMillis(600)).build();
        try (SimulatedStamp stamp =
                new SimulatedStamp(5, CLEAN, slow, UnaryOperator.identity(), UnaryOperator.identity())) {
            stamp.runFor(Duration.ofSeconds(3));
            assertTrue(stamp.atSender(ProbeReason.LATE_ANSWER) >= 20);
            assertTrue(stamp.atSender(ProbeReason.PROBE_LOST) >= stamp.atSender(ProbeReason.LATE_ANSWER));
            assertNull(stamp.sender.latest(stamp.target(), stamp.now()));
        }
    }

    @Test
    void aReflectorThatHeldAProbeLongerThanTheRoundTripIsNotBelieved() {
        for (long claimed : new long[] {-16, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
            try (SimulatedStamp stamp = new SimulatedStamp(6, CLEAN)) {
                tamper(stamp, 1, answer -> answer.setLong(4, answer.getLong(16) + claimed));
                stamp.runFor(SECOND);
                assertTrue(stamp.atSender(ProbeReason.IMPLAUSIBLE_TIMES) >= 8, () -> "claimed " + claimed);
                assertNull(stamp.sender.latest(stamp.target(), stamp.now()));
            }
        }
    }

    @Test
    void aReflectorWhoseClockIsSetSpoilsOneOneWayTimeAndNoRoundTrip() {
        try (SimulatedStamp stamp = new SimulatedStamp(7, CLEAN)) {
            long[] set = {0};
            tamper(stamp, 1, answer -> {
                answer.setLong(4, answer.getLong(4) + set[0]);
                answer.setLong(16, answer.getLong(16) + set[0]);
            });
            stamp.runFor(SECOND);
            set[0] = 3600L << 32;
            stamp.runFor(SECOND);
            assertEquals(1, stamp.atSender(ProbeReason.CLOCK_JUMP));
            OneWayJitter jitter = stamp.sender.oneWayJitter(stamp.target());
            assertNotNull(jitter);
            assertTrue(jitter.forthNanos() < 1_000, jitter::toString);
            PathSample sample = stamp.sender.latest(stamp.target(), stamp.now());
            assertNotNull(sample);
            assertEquals(40_000_000.0, (double) sample.latencyNanos(), 1_000);
        }
    }

    @Test
    void aReflectorDoesNotAnswerAReflector() {
        try (SimulatedStamp stamp = new SimulatedStamp(8, CLEAN)) {
            ByteBuf answer = Unpooled.wrappedBuffer(probe());
            StampPacket.reflect(answer, 1L << 41, 1, 1L << 41);
            stamp.forgeProbe(ByteBufUtil.getBytes(answer));
            stamp.runFor(SECOND);
            assertEquals(1, stamp.atReflector(ProbeReason.REFLECTED_PROBE));
        }
    }

    @Test
    void aProbeWithAForbiddenErrorEstimateIsMalformed() {
        try (SimulatedStamp stamp = new SimulatedStamp(9, CLEAN)) {
            byte[] forbidden = probe();
            Arrays.fill(forbidden, 12, 14, (byte) 0);
            stamp.forgeProbe(forbidden);
            stamp.runFor(SECOND);
            assertEquals(1, stamp.atReflector(ProbeReason.MALFORMED_PROBE));
        }
    }

    @Test
    void aSourceGetsNoMoreAnswersThanItsRate() {
        try (SimulatedStamp stamp = new SimulatedStamp(
                10, CLEAN, CLEAN, UnaryOperator.identity(), reflector -> reflector.probesPerSecond(20))) {
            for (int packet = 0; packet < 100; packet++) {
                stamp.forgeProbe(probe());
            }
            stamp.runFor(Duration.ofMillis(50));
            assertEquals(20.0, (double) stamp.reflector.answered(), 1);
            assertEquals(80.0, (double) stamp.atReflector(ProbeReason.PROBE_RATE_LIMITED), 1);
        }
    }

    @Test
    void aFloodOfForgedSourcesNeitherFillsTheTableNorTakesFromAKnownSource() throws Exception {
        SourceLimiter limiter = new SourceLimiter(10, 10, 100, 0);
        InetAddress honest = InetAddress.getByName("192.0.2.1");
        for (long now = 0; now < 1_000_000_000L; now += 100_000) {
            limiter.admits(InetAddress.getByAddress(new byte[] {10, (byte) (now >> 24), (byte) (now >> 16), 1}), now);
            if (now % 200_000_000 == 0) {
                assertTrue(limiter.admits(honest, now), "at " + now);
            }
            assertTrue(limiter.size() <= 100);
        }
    }

    @Test
    void roomIsMadeForANewSourceOnceAnOldOneIsSilent() throws Exception {
        SourceLimiter limiter = new SourceLimiter(1, 2, 1, 0);
        InetAddress first = InetAddress.getByName("192.0.2.1");
        InetAddress second = InetAddress.getByName("192.0.2.2");
        assertTrue(limiter.admits(first, 0));
        assertTrue(limiter.admits(second, 0));
        assertTrue(limiter.admits(second, 0));
        assertFalse(limiter.admits(second, 0));
        assertTrue(limiter.admits(second, 61_000_000_000L));
        assertEquals(1, limiter.size());
        assertTrue(limiter.admits(first, 61_000_000_000L));
        assertEquals(1, limiter.size());
    }

    @Test
    void oneNetworkOfIpV6IsOneSource() throws Exception {
        SourceLimiter limiter = new SourceLimiter(1, 1, 10, 0);
        assertTrue(limiter.admits(InetAddress.getByName("2001:db8::1"), 0));
        assertFalse(limiter.admits(InetAddress.getByName("2001:db8::ffff:2"), 0));
        assertTrue(limiter.admits(InetAddress.getByName("2001:db8:0:1::1"), 0));
    }

    @Test
    void theHandlerAnswersOnAChannelOfTheApplicationAndCopiesWhatItMayNotWrite() {
        EmbeddedChannel channel = new EmbeddedChannel(StampReflector.builder().handler());
        InetSocketAddress asker = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
        ByteBuf shared = Unpooled.wrappedBuffer(probe()).asReadOnly();
        channel.writeInbound(new DatagramPacket(shared, asker, asker));
        DatagramPacket answer = channel.readOutbound();
        assertEquals(asker, answer.recipient());
        assertTrue(StampPacket.isReflected(answer.content()));
        assertEquals(44, answer.content().readableBytes());
        assertEquals(0, shared.refCnt());
        answer.release();
        channel.writeInbound("not a datagram");
        assertEquals("not a datagram", channel.readInbound());
        channel.finishAndReleaseAll();
    }
}
