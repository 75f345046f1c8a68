package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.Accept;
import io.foreshard.shardcodec.CloseReason;
import io.foreshard.shardcodec.HandshakeCodec;
import io.foreshard.shardcodec.Hello;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.PathCodec;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers HELLO. A peer that has not shown that it receives at its address costs no memory: it gets a cookie, in a packet shorter than
 * its own. Confined to one event loop.
 */
final class Responder {

    private static final int ANSWER_BYTES = 128;

    /** Opens sessions. */
    interface Opener {
        /** Returns the new session, or {@code null} when there is no room. */
        @Nullable
        SessionEngine open(Hello hello, SocketAddress from, PacketSink sink, long nowNanos);
    }

    private final CookieMint mint;
    private final PacketWriter writer;
    private final Predicate<InetSocketAddress> acceptDestination;
    private final SessionRegistry sessions;
    private final Opener opener;
    private final ReasonCounters<TransportReason> counters;

    Responder(
            CookieMint mint,
            PacketWriter writer,
            Predicate<InetSocketAddress> acceptDestination,
            SessionRegistry sessions,
            Opener opener,
            ReasonCounters<TransportReason> counters) {
        this.mint = mint;
        this.writer = writer;
        this.acceptDestination = acceptDestination;
        this.sessions = sessions;
        this.opener = opener;
        this.counters = counters;
    }

    void onHello(PacketReader packet, ByteBuf buffer, SocketAddress from, PacketSink sink, long nowNanos) {
        if (!sink.isWritable()) {
            return;
        }
        if (buffer.readableBytes() < WireFormat.MIN_PATH_MTU_BYTES) {
            counters.count(TransportReason.SHORT_HELLO);
            return;
        }
        Hello hello = HandshakeCodec.readHello(buffer, packet.bodyIndex(), packet.bodyLength());
        if (hello == null) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (!hello.versions().contains(WireFormat.VERSION)) {
            counters.count(TransportReason.NO_COMMON_VERSION);
            refuse(hello, CloseReason.VERSION, from, sink, nowNanos);
        } else if (hello.cookie().length == 0) {
            answer(hello, new Accept.Retry(mint.bake(from, hello.sessionId(), nowNanos)), from, sink, nowNanos);
        } else if (!mint.isGood(hello.cookie(), from, hello.sessionId(), nowNanos)) {
            counters.count(TransportReason.BAD_COOKIE);
            answer(hello, new Accept.Retry(mint.bake(from, hello.sessionId(), nowNanos)), from, sink, nowNanos);
        } else {
            accept(hello, from, sink, nowNanos);
        }
    }

    private void accept(Hello hello, SocketAddress from, PacketSink sink, long nowNanos) {
        SessionEngine session = sessions.openedBy(hello.sessionId());
        boolean fresh = session == null;
        if (fresh) {
            InetSocketAddress destination = hello.destination();
            if (destination != null && !acceptDestination.test(destination)) {
                counters.count(TransportReason.WRONG_DESTINATION);
                refuse(hello, CloseReason.DESTINATION, from, sink, nowNanos);
                return;
            }
            session = opener.open(hello, from, sink, nowNanos);
        }
        if (session == null) {
            counters.count(TransportReason.TOO_MANY_SESSIONS);
            refuse(hello, CloseReason.OVERLOADED, from, sink, nowNanos);
            return;
        }
        if (!from.equals(session.openedFrom())) {
            counters.count(TransportReason.BAD_COOKIE);
            return;
        }
        SessionLimits limits = session.limits();
        answer(hello, new Accept.Session(WireFormat.VERSION, session.id(), limits), from, sink, nowNanos);
        if (fresh) {
            session.measure(nowNanos);
            session.flush();
        }
    }

    private void answer(Hello hello, Accept accept, SocketAddress to, PacketSink sink, long nowNanos) {
        ByteBuf packet = begin(PacketKind.ACCEPT, hello, sink, nowNanos);
        HandshakeCodec.writeAccept(packet, accept);
        finish(packet, to, sink);
    }

    private void refuse(Hello hello, CloseReason reason, SocketAddress to, PacketSink sink, long nowNanos) {
        ByteBuf packet = begin(PacketKind.CLOSE, hello, sink, nowNanos);
        PathCodec.writeClose(packet, reason);
        finish(packet, to, sink);
    }

    private ByteBuf begin(PacketKind kind, Hello hello, PacketSink sink, long nowNanos) {
        ByteBuf packet = sink.allocator().ioBuffer(ANSWER_BYTES);
        writer.begin(packet, kind, 0, 0, hello.sessionId(), 0, PacketOut.micros(nowNanos));
        return packet;
    }

    private void finish(ByteBuf packet, SocketAddress to, PacketSink sink) {
        writer.finishControl(packet);
        sink.write(packet, to);
        sink.flush();
    }
}
