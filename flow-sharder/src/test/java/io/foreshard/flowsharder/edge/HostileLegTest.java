package io.foreshard.flowsharder.edge;

import static io.foreshard.flowsharder.edge.Stranger.soon;
import static io.foreshard.flowsharder.edge.Stranger.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.flowsharder.wire.LegFormat;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strangers, replayers and other edges connect to an egress that carries an honest connection meanwhile. */
class HostileLegTest {

    private static void assertRefused(FlowSharderReason reason, JoinToken token) {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            Stranger stranger = new Stranger(rig);
            stranger.say(stranger.says.join(token));
            assertTrue(stranger.gone);
            assertEquals(0, stranger.heardBytes, "who is refused is told nothing");
            assertEquals(1, rig.count(reason));
            assertEquals(1, rig.egress.sessionCount());
            rig.assertUnharmed(pair);
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
            assertEquals(3, rig.count(FlowSharderReason.STALE_EPOCH));
            assertFalse(first.gone, "the honest leg stays");
            Stranger newer = new Stranger(rig);
            newer.say(newer.says.join(token(1, 1, -1, soon())));
            assertTrue(first.gone && !newer.gone, "the newest replaces it");
            rig.assertUnharmed(pair);
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
            assertEquals(1, rig.count(FlowSharderReason.CHECKSUM));
            rig.simulation.runFor(Duration.ofSeconds(40));
            assertEquals(1, rig.egress.sessionCount());
            rig.assertUnharmed(pair);
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
            rig.assertUnharmed(pair);
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
            assertEquals(1, rig.count(FlowSharderReason.OUT_OF_TURN));
            assertEquals(1, rig.count(FlowSharderReason.CHECKSUM));
            rig.assertUnharmed(pair);
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
            assertTrue(rig.count(FlowSharderReason.OUT_OF_TURN) > 0, "some had to move");
            rig.assertUnharmed(pair);
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
                rig.assertUnharmed(pair);
            }
        });
    }
}
