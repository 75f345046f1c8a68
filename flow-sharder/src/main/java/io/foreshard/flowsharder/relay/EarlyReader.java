package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The end of a pipeline whose channel is about to leave its event loop: keeps what is still read. A socket that is broken shows that again. */
final class EarlyReader extends ChannelInboundHandlerAdapter {

    private final Queue<ByteBuf> early;

    EarlyReader(Queue<ByteBuf> early) {
        this.early = early;
    }

    @Nullable
    Conduit take(ByteBufAllocator allocator, RelayLoop.Tally bytes) {
        early.forEach(data -> bytes.add(data.readableBytes()));
        return EarlyBytes.of(early, allocator);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf data) {
            early.add(data);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().close();
    }
}
