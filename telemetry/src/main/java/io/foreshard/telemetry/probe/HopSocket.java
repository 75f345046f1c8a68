package io.foreshard.telemetry.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One datagram with a TTL, on a socket of its own, and what comes of it. The socket is connected, so that the kernel passes on only errors
 * and answers that belong to it; it is closed at the first of them, because the kernel's queue of errors cannot be emptied from here and
 * would keep the event loop awake. Belongs to the core's loop.
 */
final class HopSocket extends ChannelInboundHandlerAdapter {

    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_RECVERR = 11;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_RECVERR = 25;

    private final ProbeCore core;
    private final InetSocketAddress target;
    private final int ttl;
    private final Result result;
    private @Nullable Future<?> deadline;
    private long sentNanos;
    private boolean done;

    /** What came back. */
    enum Outcome {
        /** A router said that the TTL ended, or that it cannot go on: the kernel does not tell these apart. */
        ROUTER,
        /** The destination answered or has nothing that listens. */
        DESTINATION,
        /** Nothing came in time. */
        SILENCE,
        /** The datagram could not be sent. */
        NOT_SENT,
        /** The socket cannot be made to tell. */
        NOT_POSSIBLE
    }

    /** Takes the outcome, once. */
    @FunctionalInterface
    interface Result {
        void onOutcome(Outcome outcome, long roundTripNanos, long nowNanos);
    }

    HopSocket(ProbeCore core, InetSocketAddress target, int ttl, Result result) {
        this.core = core;
        this.target = target;
        this.ttl = ttl;
        this.result = result;
    }

    void send() {
        ChannelFuture connected = new Bootstrap()
                .group(core.loop)
                .channelFactory(EpollDatagramChannel::new)
                .handler(this)
                .connect(target);
        connected.addListener(ready -> core.inLoop(() -> connected(connected)));
    }

    private void connected(ChannelFuture connected) {
        if (!connected.isSuccess()) {
            finish(connected.channel(), Outcome.NOT_SENT);
        } else if (!limit(connected.channel())) {
            finish(connected.channel(), Outcome.NOT_POSSIBLE);
        } else {
            send(connected.channel());
        }
    }

    private boolean limit(Channel channel) {
        boolean v6 = target.getAddress() instanceof Inet6Address;
        int level = v6 ? IPPROTO_IPV6 : IPPROTO_IP;
        try {
            return channel.config()
                            .setOption(new IntegerUnixChannelOption("TTL", level, v6 ? IPV6_UNICAST_HOPS : IP_TTL), ttl)
                    && channel.config()
                            .setOption(
                                    new IntegerUnixChannelOption("RECVERR", level, v6 ? IPV6_RECVERR : IP_RECVERR), 1);
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private void send(Channel channel) {
        ByteBuf packet = channel.alloc().ioBuffer(StampPacket.BYTES);
        // Only the length and the error estimate matter here: with them a STAMP reflector answers.
        StampPacket.writeProbe(packet, core.random.nextInt(), 0, 1, 0, 0);
        sentNanos = core.nowNanos();
        deadline = core.loop.schedule(() -> finish(channel, Outcome.SILENCE), core.timeoutNanos, TimeUnit.NANOSECONDS);
        channel.writeAndFlush(packet).addListener(sent -> {
            if (!sent.isSuccess()) {
                finish(channel, outcome(sent.cause()));
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        finish(context.channel(), Outcome.DESTINATION);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        finish(context.channel(), outcome(cause));
    }

    private static Outcome outcome(Throwable cause) {
        if (cause instanceof PortUnreachableException) {
            return Outcome.DESTINATION;
        }
        if (cause instanceof NativeIoException failure) {
            int error = failure.expectedErr();
            return error == Errors.ERROR_EHOSTUNREACH_NEGATIVE
                    ? Outcome.ROUTER
                    : error == Errors.ERROR_ECONNREFUSED_NEGATIVE ? Outcome.DESTINATION : Outcome.NOT_SENT;
        }
        return Outcome.NOT_SENT;
    }

    private void finish(Channel channel, Outcome outcome) {
        if (done) {
            return;
        }
        done = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        long nowNanos = core.nowNanos();
        // One that could not be made has no loop to be closed on.
        if (channel.isRegistered()) {
            channel.close();
        }
        result.onOutcome(outcome, nowNanos - sentNanos, nowNanos);
    }
}
