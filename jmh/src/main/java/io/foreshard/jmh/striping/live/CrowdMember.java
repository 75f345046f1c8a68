package io.foreshard.jmh.striping.live;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** One of many connections: sends what belongs to its seed, and checks that it comes back inverted. Belongs to one event loop. */
final class CrowdMember extends ChannelInboundHandlerAdapter {

    private static final int PIECE_BYTES = 32 << 10;

    private final StreamContent content;
    private final Runnable settled;
    private @Nullable ChannelHandlerContext context;
    private long sent;
    private long received;
    private long wrong;
    private boolean waits = true;
    private boolean gone;

    /**
     * Makes one.
     *
     * @param settled told when an exchange is over, well or not
     */
    CrowdMember(long seed, Runnable settled) {
        this.settled = settled;
        content = new StreamContent(seed);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Sends the next bytes of its stream, a multiple of eight. */
    void exchange(int bytes) {
        waits = true;
        if (context == null || gone) {
            fail();
            return;
        }
        byte[] piece = new byte[Math.min(PIECE_BYTES, bytes)];
        long end = sent + bytes;
        while (sent < end) {
            int length = (int) Math.min(piece.length, end - sent);
            content.fill(sent, piece, length);
            sent += length;
            context.write(context.alloc().buffer(length).writeBytes(piece, 0, length), context.voidPromise());
        }
        context.flush();
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    /** Returns whether all that was sent has come back as it should, and the connection is there. */
    boolean isSound() {
        return !gone && sent > 0 && wrong == 0 && received == sent;
    }

    boolean isGone() {
        return gone;
    }

    boolean isWrong() {
        return wrong > 0 || received > sent;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        byte[] got = new byte[bytes.readableBytes()];
        bytes.readBytes(got).release();
        for (int i = 0; i < got.length; i++) {
            got[i] = (byte) ~got[i];
        }
        wrong += content.wrong(received, got, got.length);
        received += got.length;
        settleIf(received >= sent);
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        fail();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        from.close();
    }

    /** The connection is gone, or could not be made. */
    void fail() {
        gone = true;
        settleIf(true);
    }

    private void settleIf(boolean over) {
        if (over && waits) {
            waits = false;
            settled.run();
        }
    }
}
