package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Paths and sender of a session without loop, peer or network; what is sent vanishes. */
final class BareSession {

    static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 1);

    final ReasonCounters<TransportReason> counters =
            new ReasonCounters<>(TransportReason.class, TransportConfig.defaults().observer);
    final SessionPaths paths = new SessionPaths();
    final MessageSender sender = new MessageSender(
            paths,
            new ShardPlanner(FixedShardPolicy.pathSized(), (plan, outlook) -> {}, counters),
            new TimerWheel(0, 100_000),
            new SendBuffer(1 << 20, 1 << 21, 1 << 24, writable -> {}),
            new SessionSecrets(1, 100, 3, 4),
            rejection -> {},
            counters);

    /** Where the packets of a path go. */
    static final class Sink implements PacketSink {

        private final Carrier carrier;
        boolean writable = true;
        int packets;

        Sink(Carrier carrier) {
            this.carrier = carrier;
        }

        @Override
        public ByteBufAllocator allocator() {
            return UnpooledByteBufAllocator.DEFAULT;
        }

        @Override
        public Carrier carrier() {
            return carrier;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public SocketAddress localAddress() {
            return REMOTE;
        }

        @Override
        public void write(ByteBuf packet, SocketAddress remote) {
            packets++;
            packet.release();
        }

        @Override
        public void writeReporting(ByteBuf packet, SocketAddress remote, TooLarge report) {
            write(packet, remote);
        }

        @Override
        public void flush() {}
    }

    SessionPath open(int id, Sink sink, int home, int mtuBytes, SocketAddress remote) {
        Path path = new Path(
                id,
                sink.carrier,
                remote,
                mtuBytes,
                1_000_000,
                TransportConfig.defaults().gate("path " + id),
                0);
        PacketOut out = new PacketOut(new PacketWriter(), sink, length -> {});
        SessionPath opened = new SessionPath(path, out, home, paths, sender, null, counters);
        paths.add(opened);
        return opened;
    }

    SessionPath open(int id, Carrier carrier, int home) {
        return open(id, new Sink(carrier), home, 1200, REMOTE);
    }

    static OutboundMessage message(int bytes, TrafficClass trafficClass) {
        return new OutboundMessage(
                Unpooled.wrappedBuffer(new byte[bytes]),
                MessageOptions.reliable().withTrafficClass(trafficClass),
                ImmediateEventExecutor.INSTANCE.newPromise(),
                (timedOut, now) -> {});
    }

    Promise<Void> send(int bytes, TrafficClass trafficClass) {
        Promise<Void> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        sender.send(
                Unpooled.wrappedBuffer(new byte[bytes]),
                MessageOptions.reliable().withTrafficClass(trafficClass),
                promise,
                0);
        return promise;
    }
}
