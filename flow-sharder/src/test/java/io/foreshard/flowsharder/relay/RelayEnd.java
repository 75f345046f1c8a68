package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.Fingerprint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.security.MessageDigest;

/** One end of a connection: what came, how it ended, and what a test does to it. */
final class RelayEnd extends ChannelInboundHandlerAdapter {

    final SocketChannel channel;
    private final MessageDigest digest = newDigest();
    long received;
    boolean ended;
    boolean reset;
    boolean gone;

    RelayEnd(SocketChannel channel) {
        this.channel = channel;
    }

    static MessageDigest newDigest() {
        return new Fingerprint();
    }

    ChannelFuture send(ByteBuf data) {
        return channel.writeAndFlush(data);
    }

    ChannelFuture send(byte[] data) {
        return send(Unpooled.wrappedBuffer(data));
    }

    /** Half-closes behind all that was sent: Netty would drop what still waits. */
    void end() {
        send(Unpooled.EMPTY_BUFFER).addListener(sent -> channel.shutdownOutput());
    }

    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** Returns the digest of all that came; once. */
    String digest() {
        return ByteBufUtil.hexDump(digest.digest());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf data = (ByteBuf) message;
        received += data.readableBytes();
        digest.update(data.nioBuffer());
        data.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ended |= event == ChannelInputShutdownEvent.INSTANCE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        reset = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone = true;
    }
}
