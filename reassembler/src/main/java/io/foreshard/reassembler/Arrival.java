package io.foreshard.reassembler;

import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.Crc32c;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The shard that is being taken in. One flyweight per engine. */
final class Arrival {

    private ShardHeader header = new ShardHeader();
    private ByteBuf packet = Unpooled.EMPTY_BUFFER;
    private int payloadIndex;
    private int crc;
    private long nowNanos;

    void set(ShardHeader newHeader, ByteBuf newPacket, int newPayloadIndex, int newCrc, long newNowNanos) {
        header = newHeader;
        packet = newPacket;
        payloadIndex = newPayloadIndex;
        crc = newCrc;
        nowNanos = newNowNanos;
    }

    /** Forgets the packet, which is the caller's again. */
    void clear() {
        packet = Unpooled.EMPTY_BUFFER;
    }

    /** Returns whether the numbers agree with each other. A reader has checked that, but here arrays are indexed with them. */
    boolean isConsistent() {
        return BlockGeometry.isValid(
                header.total(),
                header.blockExponent(),
                header.block(),
                header.shardSize(),
                header.index(),
                header.payloadLength());
    }

    /** Returns whether it is a whole message, checksum and all. */
    boolean isWholeMessage() {
        return header.payloadLength() == header.total() && crc == Crc32c.RESIDUE && isConsistent();
    }

    /** Returns the bytes charged for the shard itself. */
    long shardBytes() {
        return ShardStore.chargeFor(packet, header.payloadLength());
    }

    /** Returns the bytes charged for its generation, if it is the first of it. */
    long generationBytes() {
        int length = BlockGeometry.blockLength(header.total(), header.blockExponent(), header.block());
        return Generation.overheadBytes(BlockGeometry.shardCount(length, header.shardSize()));
    }

    ShardHeader header() {
        return header;
    }

    ByteBuf packet() {
        return packet;
    }

    int payloadIndex() {
        return payloadIndex;
    }

    int crc() {
        return crc;
    }

    long nowNanos() {
        return nowNanos;
    }
}
