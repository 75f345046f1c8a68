package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.CloseReason;
import io.foreshard.shardcodec.OutcomeCodec;
import io.foreshard.shardcodec.OutcomeCodec.DoneVisitor;
import io.foreshard.shardcodec.OutcomeCodec.Rejection;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.PathCodec;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Brings each packet of an open session to who it is for. Confined to one event loop. */
final class PacketDispatch {

    private final SessionEngine engine;
    private final MessageSender sender;
    private final PathMigration migration;
    private final AckFrame inboundAck;
    private final ReasonCounters<TransportReason> counters;

    private final DoneVisitor onDone = this::onDone;
    private long doneNanos;

    PacketDispatch(
            SessionEngine engine,
            MessageSender sender,
            PathMigration migration,
            AckFrame inboundAck,
            ReasonCounters<TransportReason> counters) {
        this.engine = engine;
        this.sender = sender;
        this.migration = migration;
        this.inboundAck = inboundAck;
        this.counters = counters;
    }

    void onPacket(SessionPath path, PacketReader packet, ByteBuf buffer, SocketAddress from, long nowNanos) {
        if (!from.equals(path.path.remote())) {
            migration.onNewAddress(path, from, buffer.readableBytes(), nowNanos);
        }
        int body = packet.bodyIndex();
        int length = packet.bodyLength();
        switch (packet.kind()) {
            case SHARD -> engine.receiver.onShard(packet, buffer, nowNanos);
            case ACK -> onAck(path, packet, buffer, nowNanos);
            case DONE -> {
                doneNanos = nowNanos;
                counted(OutcomeCodec.readDone(buffer, body, length, onDone));
            }
            case REJECT -> onReject(OutcomeCodec.readReject(buffer, body, length), nowNanos);
            case PATH_CHALLENGE -> migration.onChallenge(path, packet, buffer, from, nowNanos);
            case PATH_RESPONSE -> migration.onResponse(path, packet, buffer, from);
            case CLOSE -> onClose(packet, buffer);
            case HELLO, ACCEPT, PROBE, REPAIR, PROTECTED -> {}
        }
    }

    private void onDone(long messageId) {
        sender.onDone(messageId, doneNanos);
    }

    private void counted(boolean wellFormed) {
        if (!wellFormed) {
            counters.count(TransportReason.MALFORMED_BODY);
        }
    }

    private void onAck(SessionPath path, PacketReader packet, ByteBuf buffer, long nowNanos) {
        if (inboundAck.read(buffer, packet.bodyIndex(), packet.bodyLength())) {
            path.onAck(inboundAck, packet.packetNumber(), nowNanos);
        } else {
            counters.count(TransportReason.MALFORMED_BODY);
        }
    }

    private void onReject(@Nullable Rejection rejection, long nowNanos) {
        if (rejection == null) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (rejection.bySender()) {
            engine.receiver.onAbandoned(rejection, nowNanos);
        } else {
            sender.onReject(rejection);
        }
    }

    void onClose(PacketReader packet, ByteBuf buffer) {
        CloseReason reason = PathCodec.readClose(buffer, packet.bodyIndex(), packet.bodyLength());
        if (reason == null) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else {
            engine.onClosedByPeer(reason);
        }
    }
}
