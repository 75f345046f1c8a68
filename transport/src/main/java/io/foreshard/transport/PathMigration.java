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
 * there once it has repeated a challenge. All paths that went to the old address move together: they share a local port, hence the
 * binding of a NAT. Confined to one event loop.
 */
final class PathMigration {

    private static final int CHALLENGE_BYTES = WireFormat.CONTROL_OVERHEAD_BYTES + PathCodec.TOKEN_BYTES;

    private final SessionPaths paths;
    private final PathValidation validation;
    private final ReasonCounters<TransportReason> counters;

    PathMigration(SessionPaths paths, SecureRandom random, ReasonCounters<TransportReason> counters) {
        this.paths = paths;
        this.validation = new PathValidation(random);
        this.counters = counters;
    }

    void onNewAddress(SessionPath path, SocketAddress from, int packetBytes, long nowNanos) {
        counters.count(TransportReason.NEW_ADDRESS);
        if (path.canWrite() && validation.onPacketFrom(from, packetBytes, CHALLENGE_BYTES, nowNanos)) {
            write(path, PacketKind.PATH_CHALLENGE, validation.token(), from, nowNanos);
        }
    }

    void onChallenge(SessionPath path, PacketReader packet, ByteBuf buffer, SocketAddress from, long nowNanos) {
        if (!PathCodec.hasToken(packet.bodyLength())) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (path.canWrite()) {
            write(path, PacketKind.PATH_RESPONSE, PathCodec.readToken(buffer, packet.bodyIndex()), from, nowNanos);
        }
    }

    void onResponse(SessionPath path, PacketReader packet, ByteBuf buffer, SocketAddress from) {
        if (!PathCodec.hasToken(packet.bodyLength())) {
            counters.count(TransportReason.MALFORMED_BODY);
        } else if (validation.onResponse(from, PathCodec.readToken(buffer, packet.bodyIndex()))) {
            paths.move(path.path.remote(), from);
        } else {
            counters.count(TransportReason.STRAY_PATH_RESPONSE);
        }
    }

    private static void write(SessionPath path, PacketKind kind, long token, SocketAddress to, long nowNanos) {
        ByteBuf packet = path.out.begin(kind, path.path, PathCodec.TOKEN_BYTES, nowNanos);
        PathCodec.writeToken(packet, token);
        path.path.sent.addUntracked(nowNanos);
        path.out.finishTo(to, packet);
    }
}
