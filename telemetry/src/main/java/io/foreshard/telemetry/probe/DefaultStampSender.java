package io.foreshard.telemetry.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One socket and a session per destination. State belongs to the loop of the core. */
final class DefaultStampSender extends CoreProbe implements StampSender {

    private final int paddingBytes;
    private final Channel channel;
    /** Several where one reflector stands for several destinations, such as the ports of one host. */
    private final Map<SocketAddress, List<StampSession>> byTarget = new HashMap<>();

    private final Map<SocketAddress, StampSession> byDestination = new HashMap<>();

    private DefaultStampSender(ProbeCore core, Channel channel, StampClock clock, int paddingBytes) {
        super(core);
        this.channel = channel;
        this.paddingBytes = paddingBytes;
        for (ProbedPath path : core.paths) {
            StampSession session = new StampSession(path, core, clock);
            byTarget.computeIfAbsent(path.target(), target -> new ArrayList<>()).add(session);
            byDestination.put(path.destination(), session);
        }
    }

    static Future<StampSender> start(StampSenderBuilder builder, ProbeCore core, StampTiming timing) {
        Promise<StampSender> started = core.loop.newPromise();
        HighPort port = new HighPort(core, builder.channelFactory, builder.localAddress);
        port.bind().addListener((Future<Channel> bound) -> {
            if (!bound.isSuccess()) {
                started.setFailure(bound.cause());
                return;
            }
            StampClock clock = timing.clock(core.nowNanos());
            DefaultStampSender sender = new DefaultStampSender(core, bound.getNow(), clock, builder.paddingBytes);
            sender.channel.pipeline().addLast(sender.new Answers());
            core.start(path -> sender.probe(path));
            started.setSuccess(sender);
        });
        return started;
    }

    private void probe(ProbedPath path) {
        StampSession session = byDestination.get(path.destination());
        if (session == null) {
            return;
        }
        session.expire(core.nowNanos());
        if (!channel.isWritable()) {
            core.counters.count(ProbeReason.PROBE_NOT_SENT);
            return;
        }
        ByteBuf packet = channel.alloc().ioBuffer(StampPacket.BYTES + paddingBytes);
        int number = session.write(packet, paddingBytes, core.nowNanos());
        channel.writeAndFlush(new DatagramPacket(packet, path.target())).addListener(sent -> {
            if (!sent.isSuccess()) {
                session.unsent(number);
            }
        });
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = packet.content();
            List<StampSession> sessions = byTarget.getOrDefault(packet.sender(), List.of());
            if (sessions.isEmpty()) {
                core.counters.count(ProbeReason.UNASKED_ANSWER);
            } else if (answer.readableBytes() < StampPacket.BYTES
                    || !ErrorEstimate.isValid(StampPacket.errorEstimate(answer))) {
                core.counters.count(ProbeReason.MALFORMED_ANSWER);
            } else {
                asking(sessions, answer).onAnswer(answer, core.nowNanos());
            }
        }

        /** Returns the session that sent the probe, any if none did. */
        private static StampSession asking(List<StampSession> sessions, ByteBuf answer) {
            for (StampSession session : sessions) {
                if (session.isAsked(answer)) {
                    return session;
                }
            }
            return sessions.get(0);
        }

        /** Such as an ICMP error for a probe, which will be missed anyway. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public @Nullable OneWayJitter oneWayJitter(SocketAddress destination) {
        StampSession session = byDestination.get(destination);
        return session == null ? null : session.oneWay().jitter();
    }

    @Override
    public Future<Void> close() {
        core.stop();
        return channel.close();
    }
}
