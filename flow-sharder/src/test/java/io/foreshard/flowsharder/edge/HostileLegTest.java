package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.FrameReader;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.flowsharder.wire.LegFormat;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Strangers, replayers and other edges connect to an egress that carries an honest connection meanwhile. */
class HostileLegTest {

    private static final long BYTES = 1_000_000;
    private static final Duration A_WHILE = Duration.ofMillis(500);

    /** A connection to the egress that says what it likes. */
    private static final class Stranger extends ChannelInboundHandlerAdapter {

        private final EdgeRig rig;
        private final Channel channel;
        final FrameWriter says;
        private @Nullable FrameReader answers;
        boolean gone;
        long heardBytes;

        Stranger(EdgeRig rig) {
            this(rig, rig.far.address(EdgeRig.EGRESS_PORT));
        }

        Stranger(EdgeRig rig, InetSocketAddress egress) {
            this(rig, rig.near, egress);
        }

        Stranger(EdgeRig rig, SimulatedNode from, InetSocketAddress egress) {
            this.rig = rig;
            says = new FrameWriter(rig.allocator);
            channel = new Bootstrap()
                    .group(from.eventLoopGroup())
                    .channelFactory(from.streamChannelFactory())
                    .option(ChannelOption.ALLOCATOR, rig.allocator)
                    .handler(this)
                    .connect(egress)
                    .channel();
            rig.until(channel::isActive, "no connection");
        }

        Stranger say(ByteBuf frame) {
            channel.writeAndFlush(frame);
            rig.simulation.runFor(A_WHILE);
            return this;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            heardBytes += bytes.readableBytes();
            if (answers != null) {
                answers.read(bytes);
            } else {
                bytes.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            gone = true;
        }

        /** Joins as an edge does that has the secret. */
        void join(JoinToken token) {
            JoinKey key = new JoinKey(EdgeRig.SECRET);
            answers = new FrameReader(rig.allocator, new BeforeJoin() {
                @Override
                public @Nullable FlowSharderReason onJoined(JoinProof proof) {
                    says.key(key.checksumKey(token, proof));
                    answers = null;
                    return null;
                }
            });
            say(says.join(token));
        }

        void leave() {
            channel.close();
            rig.simulation.runFor(A_WHILE);
        }
    }

    private static JoinToken token(long session, int leg, int epoch, long expiry) {
        JoinToken unsigned = new JoinToken(LegFormat.VERSION, session, 7, leg, epoch, expiry, 1, 2, 0, 0);
        return new JoinKey(EdgeRig.SECRET).sign(unsigned);
    }

    private static long soon() {
        return EdgeRig.NOW.getEpochSecond() + 30;
    }

    private static long count(EdgeRig rig, FlowSharderReason reason) {
        return rig.egress.counters().getOrDefault(reason, 0L);
    }

    /** Both ways arrive whole, whatever happened before. */
    private static void assertUnharmed(EdgeRig rig, Peer[] pair) {
        pair[0].stream(1, BYTES);
        pair[1].stream(2, BYTES);
        rig.until(() -> pair[0].gone && pair[1].gone, "connections did not end");
        assertEquals(Peer.digestOf(1, BYTES), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(2, BYTES), pair[0].receivedDigest());
    }

    private static void assertRefused(FlowSharderReason reason, JoinToken token) {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            Stranger stranger = new Stranger(rig);
            stranger.say(stranger.says.join(token));
            assertTrue(stranger.gone);
            assertEquals(0, stranger.heardBytes, "who is refused is told nothing");
            assertEquals(1, count(rig, reason));
            assertEquals(1, rig.egress.sessionCount());
            assertUnharmed(rig, pair);
        }
    }

    @Test
    void forgedTokensAreRefused() {
        JoinToken unsigned = new JoinToken(LegFormat.VERSION, 1, 7, 1, 1, soon(), 1, 2, 3, 4);
        assertRefused(FlowSharderReason.FORGED_TOKEN, unsigned);
        byte[] other = "the secret of other edges".getBytes(StandardCharsets.US_ASCII);
        assertRefused(FlowSharderReason.FORGED_TOKEN, new JoinKey(other).sign(unsigned));
    }

    @Test
    void expiredTokensAreRefused() {
        assertRefused(FlowSharderReason.EXPIRED_TOKEN, token(1, 1, 1, EdgeRig.NOW.getEpochSecond() - 1));
    }

    @Test
    void otherVersionsAreRefused() {
        JoinToken other = new JoinToken(LegFormat.VERSION + 1, 1, 7, 1, 1, soon(), 1, 2, 0, 0);
        assertRefused(FlowSharderReason.OUT_OF_TURN, new JoinKey(EdgeRig.SECRET).sign(other));
    }

    @Test
    void tokensAreGoodOnceAndNoOlderOnes() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            Stranger first = new Stranger(rig);
            first.say(first.says.join(token(1, 1, 5, soon())));
            assertFalse(first.gone);
            for (int epoch : new int[] {5, 4, 0}) {
                Stranger again = new Stranger(rig);
                again.say(again.says.join(token(1, 1, epoch, soon())));
                assertTrue(again.gone);
            }
            assertEquals(3, count(rig, FlowSharderReason.STALE_EPOCH));
            assertFalse(first.gone, "the honest leg stays");
            Stranger newer = new Stranger(rig);
            newer.say(newer.says.join(token(1, 1, -1, soon())));
            assertTrue(first.gone && !newer.gone, "the newest replaces it");
            assertUnharmed(rig, pair);
        }
    }

    /** Who replays a token does not know the key of its checksums. */
    @Test
    void aTokenThatIsReplayedAfterItsSessionIsOfNoUse() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Peer[] pair = rig.pair();
            Stranger first = new Stranger(rig);
            first.say(first.says.join(token(1, 1, 1, soon())));
            first.leave();
            rig.simulation.runFor(Duration.ofSeconds(40));
            assertEquals(1, rig.egress.sessionCount(), "the session is forgotten");
            Stranger again = new Stranger(rig);
            again.say(again.says.join(token(1, 1, 1, soon())));
            assertEquals(2, rig.egress.sessionCount());
            again.say(again.says.open(1, 1, "10.0.0.4:80"));
            assertTrue(again.gone);
            assertEquals(1, count(rig, FlowSharderReason.CHECKSUM));
            rig.simulation.runFor(Duration.ofSeconds(40));
            assertEquals(1, rig.egress.sessionCount());
            assertUnharmed(rig, pair);
        }
    }

    @Test
    void whoCopiedATokenHasNoSessionForLong() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Peer[] pair = rig.pair();
            Stranger copier = new Stranger(rig);
            copier.say(copier.says.join(token(1, 1, 1, soon())));
            assertEquals(2, rig.egress.sessionCount());
            rig.simulation.runFor(Duration.ofSeconds(10));
            assertTrue(copier.gone, "it does not know the key of the checksums");
            assertEquals(1, rig.egress.sessionCount());
            assertUnharmed(rig, pair);
        }
    }

    @Test
    void whoSaysNothingInTimeIsClosed() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Peer[] pair = rig.pair();
            Stranger silent = new Stranger(rig);
            Stranger slow = new Stranger(rig);
            ByteBuf token = slow.says.join(token(1, 1, 1, soon()));
            for (int i = 0; i < 20 && !slow.gone; i++) {
                slow.say(token.readRetainedSlice(1));
            }
            token.release();
            assertTrue(silent.gone && slow.gone);
            assertEquals(2, count(rig, FlowSharderReason.SLOW_JOIN));
            assertUnharmed(rig, pair);
        }
    }

    /** Whoever opens connections and says nothing pushes out those of his own; who has a token needs no time. */
    @Test
    void whoSaysNothingKeepsNobodyOut() {
        try (EdgeRig rig = new EdgeRig(1, 1, 1, builder -> builder, builder -> builder.mostJoining(10))) {
            Peer[] pair = rig.pair();
            List<Stranger> silent = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                silent.add(new Stranger(rig));
            }
            Stranger quick = new Stranger(rig);
            quick.say(quick.says.join(token(1, 1, 1, soon())));
            assertFalse(quick.gone);
            assertEquals(6, count(rig, FlowSharderReason.TOO_MANY_JOINING));
            assertEquals(
                    List.of(true, true, true, true, true, true, false),
                    silent.subList(0, 7).stream().map(each -> each.gone).toList());
            rig.simulation.runFor(Duration.ofSeconds(4));
            assertEquals(9, count(rig, FlowSharderReason.SLOW_JOIN));
            assertUnharmed(rig, pair);
        }
    }

    /** However many came since, the honest one's address has fewer. */
    @Test
    void aFloodFromOneAddressDoesNotKeepOthersOut() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder, builder -> builder.mostJoining(10))) {
            Peer[] pair = rig.pair();
            InetSocketAddress egress = rig.far.address(EdgeRig.EGRESS_PORT);
            List<Stranger> silent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                silent.add(new Stranger(rig));
            }
            Stranger slow = new Stranger(rig, rig.middles.get(0), egress);
            Stranger slower = new Stranger(rig, rig.middles.get(1), egress);
            for (int i = 0; i < 25; i++) {
                silent.add(new Stranger(rig));
            }
            assertFalse(slow.gone || slower.gone);
            slow.say(slow.says.join(token(1, 1, 1, soon())));
            assertTrue(slow.heardBytes > 0 && !slow.gone, "it is answered");
            silent.add(new Stranger(rig));
            silent.add(new Stranger(rig));
            slower.say(slower.says.join(token(1, 2, 1, soon())));
            assertTrue(slower.heardBytes > 0 && !slower.gone, "it is answered");
            assertEquals(23, count(rig, FlowSharderReason.TOO_MANY_JOINING));
            assertTrue(silent.subList(0, 23).stream().allMatch(each -> each.gone), "the oldest went");
            assertTrue(silent.subList(23, 32).stream().noneMatch(each -> each.gone), "the newest stayed");
            assertUnharmed(rig, pair);
        }
    }

    @Test
    void aSessionHasNoMoreLegsThanItMay() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder, builder -> builder.mostLegs(3))) {
            Peer[] pair = rig.pair();
            List<Stranger> legs = new ArrayList<>();
            for (int id = 1; id <= 5; id++) {
                Stranger leg = new Stranger(rig);
                leg.channel.writeAndFlush(leg.says.join(token(1, id, 1, soon())));
                rig.simulation.runFor(Duration.ofMillis(20));
                legs.add(leg);
            }
            assertEquals(2, count(rig, FlowSharderReason.TOO_MANY_LEGS));
            assertEquals(
                    List.of(false, false, false, true, true),
                    legs.stream().map(each -> each.gone).toList());
            Stranger newer = new Stranger(rig);
            newer.say(newer.says.join(token(1, 2, 2, soon())));
            assertTrue(legs.get(1).gone && !newer.gone, "a leg may be opened anew");
            assertUnharmed(rig, pair);
        }
    }

    @Test
    void whoJoinsAnEgressThatWasStoppedIsRefused() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            rig.pair();
            Stranger late = new Stranger(rig);
            rig.egress.close();
            late.say(late.says.join(token(1, 1, 1, soon())));
            assertTrue(late.gone);
            assertEquals(1, count(rig, FlowSharderReason.STOPPING));
            assertEquals(0, rig.egress.sessionCount());
        }
    }

    @Test
    void framesBeforeATokenAreOutOfTurn() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Peer[] pair = rig.pair();
            Stranger early = new Stranger(rig);
            early.say(early.says.open(1, 1, "10.0.0.4:80"));
            assertTrue(early.gone);
            Stranger hasty = new Stranger(rig);
            ByteBuf both = hasty.says.join(token(1, 1, 1, soon()));
            ByteBuf second = hasty.says.join(token(1, 1, 2, soon()));
            hasty.say(Unpooled.copiedBuffer(both, second));
            both.release();
            second.release();
            assertTrue(hasty.gone);
            assertEquals(1, count(rig, FlowSharderReason.OUT_OF_TURN));
            assertEquals(1, count(rig, FlowSharderReason.CHECKSUM));
            assertUnharmed(rig, pair);
        }
    }

    /** Sessions of several loops: what follows a token that has to move comes too early. */
    @Test
    void whoTalksWhileItsLegMovesIsClosed() {
        try (EdgeRig rig = new EdgeRig(3, 2, 3, builder -> builder)) {
            Peer[] pair = rig.pair();
            for (int leg = 1; leg < 10; leg++) {
                Stranger hasty = new Stranger(rig);
                ByteBuf both = hasty.says.join(token(1, leg, 1, soon()));
                ByteBuf second = hasty.says.ping();
                hasty.say(Unpooled.copiedBuffer(both, second));
                both.release();
                second.release();
                assertTrue(hasty.gone);
            }
            assertTrue(count(rig, FlowSharderReason.OUT_OF_TURN) > 0, "some had to move");
            assertUnharmed(rig, pair);
        }
    }

    /** What waits for a target that does not answer goes with its flow, or else resets would be cheaper than sockets. */
    @Test
    void flowsThatAreResetAtOnceLeaveNoSockets() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            List<SocketChannel> sockets = new ArrayList<>();
            Egress egress = rig.await(Egress.builder(rig.far.eventLoopGroup(), EdgeRig.SECRET)
                    .channelFactories(SimulatedServerStreamChannel::new, () -> {
                        SocketChannel made = rig.far.streamChannelFactory().newChannel();
                        sockets.add(made);
                        return made;
                    })
                    .allocator(rig.allocator)
                    .simulated(() -> EdgeRig.NOW, rig.simulation.random())
                    .localAddress(rig.far.address(EdgeRig.EGRESS_PORT + 1))
                    .start());
            Stranger rapid = new Stranger(rig, egress.localAddress());
            rapid.join(token(1, 1, 1, soon()));
            rig.simulation.disconnect(rig.far, rig.origin);
            for (int flow = 1; flow <= 20; flow++) {
                rapid.channel.write(rapid.says.open(flow, 1, "10.0.0.4:80"));
                rapid.channel.writeAndFlush(rapid.says.reset(flow, 3));
                rig.simulation.runFor(Duration.ofMillis(10));
            }
            assertEquals(20, sockets.size());
            assertEquals(0, sockets.stream().filter(Channel::isOpen).count());
            egress.close();
            rapid.leave();
        }
    }

    @Test
    void anyBytesCostNobodyElseAnything() {
        Property.named("any bytes to an egress").runs(6).maxSize(3_000).check((random, size) -> {
            try (EdgeRig rig = new EdgeRig(random.nextLong(), 1)) {
                Peer[] pair = rig.pair();
                for (int i = 0; i < 10; i++) {
                    byte[] bytes = random.bytes(size);
                    bytes[0] = (byte) random.nextInt(12);
                    new Stranger(rig).say(Unpooled.wrappedBuffer(bytes));
                }
                assertUnharmed(rig, pair);
            }
        });
    }
}
