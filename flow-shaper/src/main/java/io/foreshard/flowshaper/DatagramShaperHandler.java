package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.Admission;
import io.foreshard.flowshaper.scheduling.FlowKey;
import io.foreshard.flowshaper.scheduling.Lane;
import io.foreshard.flowshaper.scheduling.Outlet;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shapes the datagrams that one channel sends: each by its recipient's bottleneck, flows kept apart by their whole 5-tuple. */
final class DatagramShaperHandler extends ChannelOutboundHandlerAdapter implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramShaperHandler.class);

    private final FlowShaper shaper;
    private final Function<InetSocketAddress, @Nullable Bottleneck> route;
    private final int classIndex;
    private final FlowKey key = new FlowKey();
    private final IdentityHashMap<Bottleneck, Lane> lanes = new IdentityHashMap<>();
    private @Nullable ShaperLoop loop;
    private boolean ended;
    private @Nullable ChannelHandlerContext context;

    DatagramShaperHandler(FlowShaper shaper, Function<InetSocketAddress, @Nullable Bottleneck> route, int classIndex) {
        this.shaper = shaper;
        this.route = route;
        this.classIndex = classIndex;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop = shaper.on(ctx);
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
    public void deregister(ChannelHandlerContext ctx, ChannelPromise promise) {
        // It may go on on another event loop, where it is not shaped.
        end(true);
        ctx.deregister(promise);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ShaperLoop itsLoop = loop;
        ByteBuf content = content(message);
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
        AddressedEnvelope<?, ?> envelope = message instanceof AddressedEnvelope<?, ?> addressed ? addressed : null;
        InetSocketAddress recipient = envelope != null && envelope.recipient() instanceof InetSocketAddress named
                ? named
                : Addresses.inet(ctx.channel().remoteAddress());
        Lane lane = lane(recipient, itsLoop);
        if (lane == null) {
            return Admission.PASS;
        }
        InetSocketAddress sender = envelope != null && envelope.sender() instanceof InetSocketAddress named
                ? named
                : Addresses.inet(ctx.channel().localAddress());
        return lane.offer(
                key.wrap(FlowKey.UDP, sender, recipient),
                message,
                promise,
                content.readableBytes(),
                content.capacity(),
                itsLoop.nowNanos());
    }

    private static @Nullable ByteBuf content(Object message) {
        boolean holds = message instanceof AddressedEnvelope<?, ?> envelope && envelope.content() instanceof ByteBuf;
        return holds ? (ByteBuf) ((AddressedEnvelope<?, ?>) message).content() : StreamLane.content(message);
    }

    /** Returns the way to a recipient, null if it is not shaped. */
    private @Nullable Lane lane(InetSocketAddress recipient, ShaperLoop itsLoop) {
        try {
            Bottleneck bottleneck = route.apply(recipient);
            Lane lane = bottleneck == null ? null : lanes.get(bottleneck);
            return lane != null || bottleneck == null || ended ? lane : openLane(bottleneck, itsLoop);
        } catch (RuntimeException | Error fault) {
            LOG.debug("A route failed", fault);
            itsLoop.scheduler().note(ShaperReason.ROUTE_FAILED);
            return null;
        }
    }

    private Lane openLane(Bottleneck bottleneck, ShaperLoop itsLoop) {
        Lane lane = itsLoop.open(shaper.own(bottleneck).on(itsLoop).queue(), classIndex, this);
        lanes.entrySet().stream()
                .filter(known -> !shaper.owns(known.getKey()))
                .map(Map.Entry::getValue)
                .toList()
                .forEach(gone -> itsLoop.close(gone, true));
        lanes.keySet().removeIf(known -> !shaper.owns(known));
        lanes.put(bottleneck, lane);
        return lane;
    }

    private void end(boolean send) {
        ShaperLoop itsLoop = loop;
        if (itsLoop == null || ended) {
            return;
        }
        // Who hears of what becomes of a packet may write again, close, or remove this handler.
        ended = true;
        List.copyOf(lanes.values()).forEach(lane -> itsLoop.close(lane, send));
        lanes.clear();
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
