package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.PathCodec;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.security.SecureRandom;

/**
 * Lets a session survive that its peer's address changes (RFC 9000, section 9): packets from a new address are read at once, answers go
 * there once it has repeated a challenge. Confined to one event loop.
 */
final class PathMigration {

    private static final int CHALLENGE_BYTES = WireFormat.CONTROL_OVERHEAD_BYTES + PathCodec.TOKEN_BYTES;

    private final Path path;
    private final PacketOut out;
    private final PathValidation validation;
    private final ReasonCounters<TransportReason> counters;

    PathMigration(Path path, PacketOut out, SecureRandom random, ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.out = out;
        this.validation = new PathValidation(random);
        this.counters = counters;
    }

    void onNewAddress(SocketAddress from, int packetBytes, long nowNanos) {
        counters.count(TransportReason.NEW_ADDRESS);
        if (canAnswer() && validation.onPacketFrom(from, packetBytes, CHALLENGE_BYTES, nowNanos)) {
            write(PacketKind.PATH_CHALLENGE, validation.token(), from, nowNanos);
        }
    }

    void onChallenge(PacketReader packet, ByteBuf buffer, SocketAddress from, long nowNanos) {
        if (!PathCodec.hasToken(packet.bodyLength())) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (canAnswer()) {
            write(PacketKind.PATH_RESPONSE, PathCodec.readToken(buffer, packet.bodyIndex()), from, nowNanos);
        }
    }

    void onResponse(PacketReader packet, ByteBuf buffer, SocketAddress from) {
        if (!PathCodec.hasToken(packet.bodyLength())) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (validation.onResponse(from, PathCodec.readToken(buffer, packet.bodyIndex()))) {
            path.moveTo(from);
        } else {
            counters.count(TransportReason.STRAY_PATH_RESPONSE);
        }
    }

    /** A peer that asks and does not read must not fill the channel's buffer; it will ask again. */
    private boolean canAnswer() {
        return out.sink().isWritable() && path.sent.hasRoom();
    }

    private void write(PacketKind kind, long token, SocketAddress to, long nowNanos) {
        ByteBuf packet = out.begin(kind, path, PathCodec.TOKEN_BYTES, nowNanos);
        PathCodec.writeToken(packet, token);
        path.sent.addUntracked(nowNanos);
        out.finishTo(to, packet);
    }
}
