package io.foreshard.transport;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;

/**
 * Writes the packets of one path of a session to its sink, each under the next number of its path. Confined to one event loop.
 *
 * <p>A control packet is begun, its body written, and finished; nothing else may be written in between.
 */
final class PacketOut {

    private final PacketWriter writer;
    private final PacketSink sink;
    private final PacketSink.TooLarge tooLarge;
    private long peerSessionId;
    private long sentBytes;
    private boolean unflushed;

    PacketOut(PacketWriter writer, PacketSink sink, PacketSink.TooLarge tooLarge) {
        this.writer = writer;
        this.sink = sink;
        this.tooLarge = tooLarge;
    }

    void openTo(long sessionId) {
        peerSessionId = sessionId;
    }

    PacketSink sink() {
        return sink;
    }

    long sentBytes() {
        return sentBytes;
    }

    /** Writes a shard and returns the checksum of its payload. The payload's reference count does not change. */
    int shard(Path path, ShardHeader header, ByteBuf payload, int payloadIndex, int flags, long nowNanos) {
        int length = WireFormat.SHARD_OVERHEAD_BYTES + header.payloadLength();
        ByteBuf packet = sink.allocator().ioBuffer(length, length);
        int payloadCrc;
        try {
            writer.begin(
                    packet, PacketKind.SHARD, flags, path.id, peerSessionId, path.sent.nextNumber(), micros(nowNanos));
            payloadCrc = writer.shard(packet, header, payload, payloadIndex);
        } catch (RuntimeException fault) {
            packet.release();
            throw fault;
        }
        write(path, packet);
        return payloadCrc;
    }

    ByteBuf begin(PacketKind kind, Path path, int bodyBytes, long nowNanos) {
        ByteBuf packet = sink.allocator().ioBuffer(WireFormat.CONTROL_OVERHEAD_BYTES + bodyBytes);
        writer.begin(packet, kind, 0, path.id, peerSessionId, path.sent.nextNumber(), micros(nowNanos));
        return packet;
    }

    /** Finishes a control packet and writes it; the caller has taken, or takes, its number. */
    void finish(Path path, ByteBuf packet) {
        writer.finishControl(packet);
        write(path, packet);
    }

    /** Finishes a control packet and writes it to another address than the path's. */
    void finishTo(SocketAddress remote, ByteBuf packet) {
        writer.finishControl(packet);
        sentBytes += packet.readableBytes();
        unflushed = true;
        sink.write(packet, remote);
    }

    private void write(Path path, ByteBuf packet) {
        int length = packet.readableBytes();
        sentBytes += length;
        unflushed = true;
        if (path.isConfirmed(length)) {
            sink.write(packet, path.remote());
        } else {
            sink.writeReporting(packet, path.remote(), tooLarge);
        }
    }

    /** Lets what was written leave. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            sink.flush();
        }
    }

    static int micros(long nowNanos) {
        return (int) (nowNanos / 1_000);
    }
}
