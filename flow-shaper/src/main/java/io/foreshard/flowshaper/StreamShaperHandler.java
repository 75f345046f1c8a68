package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import org.jspecify.annotations.Nullable;

/** Shapes what is written to one stream, from when it is added to when it is removed. */
final class StreamShaperHandler extends ChannelDuplexHandler {

    private final FlowShaper shaper;
    private final ShapedBottleneck bottleneck;
    private final int classIndex;
    private @Nullable StreamWrites writes;

    StreamShaperHandler(FlowShaper shaper, ShapedBottleneck bottleneck, int classIndex) {
        this.shaper = shaper;
        this.bottleneck = bottleneck;
        this.classIndex = classIndex;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ShaperLoop loop = shaper.on(ctx);
        BottleneckPart part = bottleneck.on(loop);
        DelayMechanism mechanism = shaper.mechanismFor(ctx.channel());
        writes = mechanism.queuesInProcess()
                ? new StreamLane(loop, part, classIndex, shaper.settings(), ctx)
                : new PacedWrites(part, mechanism, loop.scheduler().weightOf(classIndex), ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(ctx.channel().isOpen());
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (writes == null) {
            ctx.write(message, promise);
        } else {
            writes.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        // A channel that is closed sends nothing more, as Netty has it for what was written and not flushed.
        end(false);
        ctx.close(promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelOutputShutdownEvent.INSTANCE) {
            // Netty fails what it has and refuses what comes: what waits here must neither wait for that nor hold its
            // share.
            end(false);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void deregister(ChannelHandlerContext ctx, ChannelPromise promise) {
        // It may go on on another event loop, where it is not shaped.
        end(true);
        ctx.deregister(promise);
    }

    private void end(boolean send) {
        if (writes != null) {
            writes.end(send);
            writes = null;
        }
    }
}
