package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** A stream whose packets are held back beneath: writes pass, and are counted. */
final class PacedWrites implements StreamWrites {

    private final BottleneckPart part;
    private final ChannelHandlerContext context;

    PacedWrites(BottleneckPart part, DelayMechanism mechanism, double weight, ChannelHandlerContext context) {
        this.part = part;
        this.context = context;
        part.paced().add(context.channel(), mechanism, weight);
    }

    @Override
    public void write(Object message, ChannelPromise promise) {
        ByteBuf content = StreamLane.content(message);
        if (content != null) {
            part.queue().passed(content.readableBytes());
        }
        context.write(message, promise);
    }

    @Override
    public void end(boolean send) {
        // What is in the kernel of a stream that closes is yet to be sent, and would leave all at once.
        part.paced().remove(context.channel(), send);
    }
}
