package io.foreshard.transport;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.HandshakeCodec;
import io.foreshard.shardcodec.Hello;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes packets that are right in form, for tests that send what an endpoint would not. */
final class Forge {

    static final SessionLimits LIMITS = new SessionLimits(1 << 20, 1 << 22, 100, 1500);

    private final ByteBufAllocator allocator;
    private final PacketWriter writer = new PacketWriter();

    Forge(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    ByteBuf control(PacketKind kind, int pathId, long session, long number, Consumer<ByteBuf> body) {
        ByteBuf packet = allocator.buffer(256);
        writer.begin(packet, kind, 0, pathId, session, number, 0);
        body.accept(packet);
        writer.finishControl(packet);
        return packet;
    }

    ByteBuf control(PacketKind kind, long session, long number, Consumer<ByteBuf> body) {
        return control(kind, 0, session, number, body);
    }

    ByteBuf hello(List<Integer> versions, long initiator, byte[] cookie, @Nullable InetSocketAddress to, int length) {
        Hello hello = new Hello(versions, initiator, LIMITS, cookie, to);
        return control(PacketKind.HELLO, 0, 0, out -> HandshakeCodec.writeHello(out, hello, length));
    }

    ByteBuf hello(long initiator, byte[] cookie) {
        return hello(List.of(WireFormat.VERSION), initiator, cookie, null, WireFormat.DEFAULT_PATH_MTU_BYTES);
    }

    /** A whole message of one shard, without its checksum being right. */
    ByteBuf shard(long session, long number, long messageId, ByteBuf payload) {
        int length = payload.readableBytes();
        ShardHeader header = new ShardHeader()
                .message(messageId, length, 0, Contract.RELIABLE, WireFormat.DEFAULT_BLOCK_EXPONENT)
                .block(0, 0, Math.max(length, WireFormat.MIN_SHARD_BYTES))
                .shard(0, length, 0);
        return shard(session, number, header, payload);
    }

    ByteBuf shard(long session, long number, ShardHeader header, ByteBuf payload) {
        ByteBuf packet = allocator.buffer(WireFormat.SHARD_OVERHEAD_BYTES + payload.readableBytes());
        writer.begin(packet, PacketKind.SHARD, 0, 0, session, number, 0);
        writer.shard(packet, header, payload, payload.readerIndex());
        return packet;
    }
}
