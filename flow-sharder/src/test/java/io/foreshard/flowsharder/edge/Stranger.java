package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.FrameReader;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.flowsharder.wire.LegFormat;
import io.foreshard.simulator.SimulatedNode;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to the egress that says what it likes. */
final class Stranger extends ChannelInboundHandlerAdapter {

    private static final Duration A_WHILE = Duration.ofMillis(500);

    private final EdgeRig rig;
    final Channel channel;
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

    static JoinToken token(long session, int leg, int epoch, long expiry) {
        JoinToken unsigned = new JoinToken(LegFormat.VERSION, session, 7, leg, epoch, expiry, 1, 2, 0, 0);
        return new JoinKey(EdgeRig.SECRET).sign(unsigned);
    }

    static long soon() {
        return EdgeRig.NOW.getEpochSecond() + 30;
    }
}
