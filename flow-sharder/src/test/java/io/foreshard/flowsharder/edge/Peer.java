package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.Fingerprint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** An application's end of a connection: sends a stream that follows from a seed, and digests what comes. */
final class Peer extends ChannelInboundHandlerAdapter {

    private static final int PIECE = 64 * 1024;

    final SocketChannel channel;
    private final MessageDigest received = new Fingerprint();
    long receivedBytes;
    boolean ended;
    boolean reset;
    boolean gone;
    private long toSend;
    private boolean ends;
    private SplittableRandom source = new SplittableRandom(0);

    Peer(SocketChannel channel) {
        this.channel = channel;
        channel.pipeline().addLast(this);
    }

    /** Sends so many bytes, then the end of the stream. */
    void stream(long seed, long bytes) {
        source = new SplittableRandom(seed);
        toSend = bytes;
        ends = true;
        fill();
    }

    /** What {@link #stream} sends, as a digest. */
    static String digestOf(long seed, long bytes) {
        MessageDigest digest = new Fingerprint();
        SplittableRandom source = new SplittableRandom(seed);
        for (long left = bytes; left > 0; ) {
            byte[] piece = piece(source, left);
            digest.update(piece);
            left -= piece.length;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] piece(SplittableRandom source, long left) {
        byte[] piece = new byte[(int) Math.min(PIECE, left)];
        source.nextBytes(piece);
        return piece;
    }

    private void fill() {
        while (toSend > 0 && channel.isWritable()) {
            byte[] piece = piece(source, toSend);
            toSend -= piece.length;
            channel.writeAndFlush(Unpooled.wrappedBuffer(piece));
        }
        if (toSend == 0 && ends) {
            ends = false;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                channel.shutdownOutput();
                closeIfBothEnded();
            });
        }
    }

    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    String receivedDigest() {
        return HexFormat.of().formatHex(received.digest());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        fill();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        receivedBytes += bytes.readableBytes();
        received.update(bytes.nioBuffer());
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ended |= event == ChannelInputShutdownEvent.INSTANCE;
        closeIfBothEnded();
    }

    private void closeIfBothEnded() {
        if (ended && channel.isOutputShutdown()) {
            channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reset = true;
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone = true;
    }
}
