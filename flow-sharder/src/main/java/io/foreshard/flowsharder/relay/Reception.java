package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.socket.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection until it is led on: reads the header, judges it, connects to the next hop, and makes way for a {@link Leg}. */
final class Reception extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final DefaultRelay relay;
    private final Channel channel;
    private final RelayLoop loop;
    private final Future<?> timeout;
    private final RouteReader reader = new RouteReader();
    // Not more than one read, and another when the end comes.
    private final Queue<ByteBuf> early = new ArrayDeque<>(2);
    private @Nullable Channel next;
    private boolean routing;
    private boolean inputEnded;
    private boolean over;

    Reception(DefaultRelay relay, Channel channel) {
        this.relay = relay;
        this.channel = channel;
        this.loop = relay.loop(channel.eventLoop());
        long nanos = relay.settings().headerTimeoutNanos();
        this.timeout = channel.eventLoop().schedule(() -> refuse(RelayReason.SLOW_ROUTE), nanos, TimeUnit.NANOSECONDS);
    }

    void begin() {
        if (relay.admit(channel, loop)) {
            relay.channels().configure(channel);
            channel.read();
        } else {
            end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf data && !over) {
            onData(data);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void onData(ByteBuf data) {
        RouteReader.Progress progress = routing ? RouteReader.Progress.WHOLE : reader.add(data);
        if (progress == RouteReader.Progress.WHOLE && data.isReadable()) {
            early.add(data);
        } else {
            data.release();
        }
        if (progress == RouteReader.Progress.MALFORMED) {
            refuse(RelayReason.MALFORMED_ROUTE);
        } else if (progress == RouteReader.Progress.WHOLE && !routing) {
            routing = true;
            route(reader.header());
        }
    }

    private void route(RouteHeader header) {
        RelaySettings settings = relay.settings();
        InetSocketAddress hop = NextHop.parse(header.nextHop());
        if (!settings.key().isGenuine(header)) {
            refuse(RelayReason.FORGED_ROUTE);
        } else if (header.expirySeconds() < settings.clock().instant().getEpochSecond()) {
            refuse(RelayReason.EXPIRED_ROUTE);
        } else if (hop == null || !settings.allowed().test(hop)) {
            refuse(RelayReason.NEXT_HOP_REFUSED);
        } else {
            connect(hop);
        }
    }

    private void connect(InetSocketAddress hop) {
        timeout.cancel(false);
        ChannelFuture connecting = relay.channels().connect(channel.eventLoop(), hop);
        next = connecting.channel();
        relay.watch(connecting.channel());
        connecting.addListener(done -> onConnect(connecting.channel(), done.isSuccess()));
    }

    private void onConnect(Channel far, boolean connected) {
        if (over) {
            Sockets.reset(far);
        } else if (connected) {
            lead(far);
        } else {
            loop.reasons.count(RelayReason.NEXT_HOP_UNREACHABLE);
            end();
        }
    }

    private void lead(Channel far) {
        over = true;
        loop.routed.add(1);
        if (channel instanceof EpollSocketChannel nearSocket && far instanceof EpollSocketChannel farSocket) {
            leadBySockets(nearSocket, farSocket);
        } else {
            leadByChannels(far);
        }
    }

    private void leadByChannels(Channel far) {
        Leg leg = new Leg(loop, channel, far);
        channel.pipeline().replace(this, null, leg.near());
        far.pipeline().addLast(leg.far());
        leg.start(early, inputEnded);
    }

    /** Only sockets that have left Netty's registration can be registered with ours; until then Netty may read from them at an end. */
    private void leadBySockets(EpollSocketChannel near, EpollSocketChannel far) {
        EarlyReader nearEarly = new EarlyReader(early);
        EarlyReader farEarly = new EarlyReader(new ArrayDeque<>(2));
        near.pipeline().replace(this, null, nearEarly);
        far.pipeline().addLast(farEarly);
        near.deregister();
        far.deregister().addListener(left -> {
            Conduit forth = nearEarly.take(relay.settings().allocator(), loop.forth);
            Conduit back = farEarly.take(relay.settings().allocator(), loop.back);
            new SocketLeg(loop, near, far, forth, back).start();
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!routing && !over) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !over) {
            inputEnded = true;
            if (!routing) {
                endUnrouted();
            }
        }
    }

    /** Who says nothing at all asks whether the relay is there. */
    private void endUnrouted() {
        if (reader.isEmpty()) {
            end();
        } else {
            refuse(RelayReason.MALFORMED_ROUTE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("{} is closed", channel, cause);
        }
        end();
    }

    private void refuse(RelayReason reason) {
        if (!over) {
            loop.reasons.count(reason);
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        timeout.cancel(false);
        early.forEach(ByteBuf::release);
        early.clear();
        if (next != null) {
            Sockets.reset(next);
        }
        Sockets.reset(channel);
    }
}
