package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.Admission;
import io.foreshard.flowshaper.scheduling.FlowKey;
import io.foreshard.flowshaper.scheduling.Lane;
import io.foreshard.flowshaper.scheduling.Outlet;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shapes the datagrams that one channel sends: each by its recipient's bottleneck, flows kept apart by their whole 5-tuple. */
final class DatagramShaperHandler extends ChannelOutboundHandlerAdapter implements Outlet {

    private final FlowShaper shaper;
    private final Function<InetSocketAddress, @Nullable Bottleneck> route;
    private final int classIndex;
    private final FlowKey key = new FlowKey();
    private final IdentityHashMap<Bottleneck, Lane> lanes = new IdentityHashMap<>();
    private @Nullable ShaperLoop loop;
    private @Nullable ChannelHandlerContext context;

    DatagramShaperHandler(FlowShaper shaper, Function<InetSocketAddress, @Nullable Bottleneck> route, int classIndex) {
        this.shaper = shaper;
        this.route = route;
        this.classIndex = classIndex;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop = shaper.on(ctx.channel().eventLoop());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(ctx.channel().isOpen());
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        end(false);
        ctx.close(promise);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ShaperLoop itsLoop = loop;
        ByteBuf content = StreamLane.content(message);
        if (itsLoop == null || content == null) {
            ctx.write(message, promise);
            return;
        }
        Admission admission = Admission.PASS;
        try {
            admission = offer(ctx, itsLoop, message, content, promise);
        } catch (RuntimeException | Error fault) {
            itsLoop.fail(fault);
        }
        switch (admission) {
            case PASS -> ctx.write(message, promise);
            case QUEUED -> itsLoop.arm();
            case REFUSED -> drop(message, promise, ShaperReason.QUEUE_FULL);
        }
    }

    private Admission offer(
            ChannelHandlerContext ctx, ShaperLoop itsLoop, Object message, ByteBuf content, ChannelPromise promise) {
        DatagramPacket packet = message instanceof DatagramPacket addressed ? addressed : null;
        InetSocketAddress recipient = packet == null || packet.recipient() == null
                ? Addresses.inet(ctx.channel().remoteAddress())
                : packet.recipient();
        Bottleneck bottleneck = route.apply(recipient);
        if (bottleneck == null) {
            return Admission.PASS;
        }
        InetSocketAddress sender = packet == null || packet.sender() == null
                ? Addresses.inet(ctx.channel().localAddress())
                : packet.sender();
        return lane(bottleneck, itsLoop)
                .offer(
                        key.wrap(FlowKey.UDP, sender, recipient),
                        message,
                        promise,
                        content.readableBytes(),
                        content.capacity(),
                        itsLoop.nowNanos());
    }

    private Lane lane(Bottleneck bottleneck, ShaperLoop itsLoop) {
        Lane lane = lanes.get(bottleneck);
        if (lane == null) {
            lane = itsLoop.open(shaper.own(bottleneck).on(itsLoop).queue(), classIndex, this);
            lanes.put(bottleneck, lane);
        }
        return lane;
    }

    private void end(boolean send) {
        if (loop != null) {
            for (Lane lane : lanes.values()) {
                loop.close(lane, send);
            }
            lanes.clear();
            loop = null;
        }
    }

    @Override
    public void release(Object message, @Nullable Object attachment) {
        if (context != null && attachment instanceof ChannelPromise promise) {
            context.write(message, promise);
        }
    }

    @Override
    public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {
        ReferenceCountUtil.release(message);
        if (attachment instanceof ChannelPromise promise) {
            promise.tryFailure(new ShapedOutException(reason));
        }
    }

    @Override
    public void batchReleased() {
        if (context != null) {
            context.flush();
        }
    }

    @Override
    public boolean mark(Object message) {
        return shaper.settings().marker().test(message);
    }
}
