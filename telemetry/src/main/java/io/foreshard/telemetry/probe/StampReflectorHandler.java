package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns each probe into its answer where it lies. Belongs to the event loop of its channel. */
final class StampReflectorHandler extends ChannelInboundHandlerAdapter {

    private final StampTiming timing;
    private final int probesPerSecond;
    private final int maxSources;
    private final ReasonCounters<ProbeReason> counters;
    private final AtomicLong answered = new AtomicLong();
    private final ChannelFutureListener onSent = this::count;
    private @Nullable Tools tools;

    /** What needs the channel's clock. */
    private record Tools(Ticker ticker, StampClock clock, SourceLimiter limiter) {}

    StampReflectorHandler(StampTiming timing, int probesPerSecond, int maxSources, EngineObserver observer) {
        this.timing = timing;
        this.probesPerSecond = probesPerSecond;
        this.maxSources = maxSources;
        counters = new ReasonCounters<>(ProbeReason.class, observer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Ticker ticker = SystemSurroundings.ticker(context.executor());
        long nowNanos = ticker.nanoTime();
        SourceLimiter limiter = new SourceLimiter(probesPerSecond, probesPerSecond, maxSources, nowNanos);
        tools = new Tools(ticker, timing.clock(nowNanos), limiter);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof DatagramPacket packet) || tools == null) {
            context.fireChannelRead(message);
            return;
        }
        long nowNanos = tools.ticker.nanoTime();
        ProbeReason refusal = refusal(context, packet, tools.limiter, nowNanos);
        if (refusal == null) {
            answer(context, packet, tools, nowNanos);
        } else {
            packet.release();
            counters.count(refusal);
        }
    }

    private static @Nullable ProbeReason refusal(
            ChannelHandlerContext context, DatagramPacket packet, SourceLimiter limiter, long nowNanos) {
        ByteBuf probe = packet.content();
        if (probe.readableBytes() < StampPacket.BYTES) {
            return ProbeReason.SHORT_PROBE;
        }
        if (!ErrorEstimate.isValid(StampPacket.errorEstimate(probe))
                || packet.sender().getPort() == 0) {
            return ProbeReason.MALFORMED_PROBE;
        }
        if (StampPacket.isReflected(probe)) {
            return ProbeReason.REFLECTED_PROBE;
        }
        if (!limiter.admits(packet.sender().getAddress(), nowNanos)) {
            return ProbeReason.PROBE_RATE_LIMITED;
        }
        return context.channel().isWritable() ? null : ProbeReason.ANSWER_NOT_SENT;
    }

    private void answer(ChannelHandlerContext context, DatagramPacket packet, Tools with, long receivedNanos) {
        ByteBuf content = writable(context, packet);
        StampClock clock = with.clock;
        long sentNanos = with.ticker.nanoTime();
        StampPacket.reflect(content, clock.timestamp(receivedNanos), clock.errorEstimate(), clock.timestamp(sentNanos));
        context.write(new DatagramPacket(content, packet.sender())).addListener(onSent);
    }

    private void count(Future<?> sent) {
        if (sent.isSuccess()) {
            answered.setOpaque(answered.getPlain() + 1);
        } else {
            counters.count(ProbeReason.ANSWER_NOT_SENT);
        }
    }

    /** Returns the probe's own bytes, or a copy if they may not be written to. The caller has the buffer, nobody the packet. */
    private static ByteBuf writable(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf probe = packet.content();
        if (!probe.isReadOnly() && probe.refCnt() == 1) {
            return probe;
        }
        try {
            return context.alloc()
                    .ioBuffer(probe.readableBytes())
                    .writeBytes(probe, probe.readerIndex(), probe.readableBytes());
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        context.fireChannelReadComplete();
    }

    /** Such as an ICMP error for an answer whose asker has gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

    long answered() {
        return answered.getOpaque();
    }

    Map<ProbeReason, Long> counters() {
        return counters.snapshot();
    }
}
