package io.foreshard.reassembler;

import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.Crc32c;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A message as its sender sees it: content, trailer, and the packets of any generation of its blocks. */
final class TestMessage {

    final long id;
    final byte[] content;
    final int shardSize;
    final int exponent;
    private final ByteBuf wire;
    private ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private Contract contract = Contract.RELIABLE;
    private int trafficClass = 3;
    private int deadlineMillis;

    TestMessage(long id, int length, int shardSize, int exponent) {
        this(id, length, shardSize, exponent, id);
    }

    TestMessage(long id, int length, int shardSize, int exponent, long contentSeed) {
        this.id = id;
        this.shardSize = shardSize;
        this.exponent = exponent;
        content = new byte[length];
        new Random(contentSeed).nextBytes(content);
        wire = Unpooled.buffer(length + 4).writeBytes(content);
        wire.writeIntLE(new Crc32c().of(wire, 0, length));
    }

    TestMessage allocator(ByteBufAllocator newAllocator) {
        allocator = newAllocator;
        return this;
    }

    TestMessage contract(Contract newContract) {
        contract = newContract;
        return this;
    }

    TestMessage deadlineMillis(int millis) {
        deadlineMillis = millis;
        return this;
    }

    /** Damages a byte of the wire content; packets made afterwards have valid checksums of their own. */
    TestMessage damage(int index) {
        wire.setByte(index, wire.getByte(index) ^ 0x55);
        return this;
    }

    TestMessage damageTrailer() {
        return damage(content.length);
    }

    long total() {
        return wire.readableBytes();
    }

    int blocks() {
        return BlockGeometry.blockCount(total(), exponent);
    }

    int shards(int block) {
        return BlockGeometry.shardCount(BlockGeometry.blockLength(total(), exponent, block), shardSize);
    }

    ByteBuf packet(int block, int index) {
        return packet(block, 0, shardSize, index);
    }

    ByteBuf packet(int block, int generation, int size, int index) {
        int blockLength = BlockGeometry.blockLength(total(), exponent, block);
        int length = BlockGeometry.shardLength(blockLength, size, index);
        ShardHeader header = new ShardHeader()
                .message(id, total(), trafficClass, contract, exponent)
                .block(block, generation, size)
                .shard(index, length, deadlineMillis);
        // As a receiver would get it: in a buffer of a fixed size.
        ByteBuf packet = allocator.directBuffer(64 + length);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, PacketKind.SHARD, 0, 0, 7, 1, 0);
        writer.shard(packet, header, wire, (block << exponent) + index * size);
        return packet;
    }

    List<ByteBuf> packets() {
        return packets(0, shardSize);
    }

    List<ByteBuf> packets(int generation, int size) {
        List<ByteBuf> packets = new ArrayList<>();
        for (int block = 0; block < blocks(); block++) {
            int length = BlockGeometry.blockLength(total(), exponent, block);
            for (int index = 0; index < BlockGeometry.shardCount(length, size); index++) {
                packets.add(packet(block, generation, size, index));
            }
        }
        return packets;
    }

    boolean isContentOf(ByteBuf message) {
        return Arrays.equals(content, ByteBufUtil.getBytes(message));
    }
}
