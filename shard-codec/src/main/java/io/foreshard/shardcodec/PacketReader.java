package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Validates one packet at a time and gives access to its fields. A flyweight, confined to one event loop; it never throws on what
 * the network sends, allocates nothing and neither retains nor releases the buffer.
 *
 * <p>After {@link #read} has returned {@code null} the packet's checksums hold, and for a shard its numbers agree with each other.
 * Whether session, path and message exist is not known here.
 */
public final class PacketReader {

    private final Crc32c crc = new Crc32c();
    private final ShardHeader shard = new ShardHeader();
    private PacketKind kind = PacketKind.PROBE;
    private int flags;
    private int pathId;
    private long sessionId;
    private long packetNumber;
    private int sendTimeMicros;
    private int bodyIndex;
    private int bodyLength;
    private int payloadCrc;

    /** Makes a reader for one event loop. */
    public PacketReader() {}

    /**
     * Reads the packet between reader and writer index; the indices do not move.
     *
     * @param packet one datagram or one stream frame; ownership stays with the caller, who keeps it unchanged while the fields are
     *     read
     * @return why the packet must be dropped, or {@code null} when it is valid
     */
    public @Nullable WireReason read(ByteBuf packet) {
        int at = packet.readerIndex();
        int length = packet.readableBytes();
        WireReason refused = readPacketHeader(packet, at, length);
        if (refused != null) {
            return refused;
        }
        return kind == PacketKind.SHARD ? readShard(packet, at, length) : readControl(packet, at, length);
    }

    private @Nullable WireReason readPacketHeader(ByteBuf packet, int at, int length) {
        if (length < WireFormat.CONTROL_OVERHEAD_BYTES) {
            return WireReason.TOO_SHORT;
        }
        int first = packet.getUnsignedByte(at + WireFormat.OFFSET_VERSION);
        if ((first & ~WireFormat.VERSION_MASK) != WireFormat.FIXED_BIT) {
            return WireReason.NOT_FORESHARD;
        }
        if ((first & WireFormat.VERSION_MASK) != WireFormat.VERSION) {
            return WireReason.UNKNOWN_VERSION;
        }
        PacketKind known = PacketKind.ofCode(packet.getUnsignedByte(at + WireFormat.OFFSET_KIND));
        if (known == null || known.isReserved()) {
            return WireReason.UNKNOWN_KIND;
        }
        kind = known;
        flags = packet.getUnsignedByte(at + WireFormat.OFFSET_FLAGS);
        pathId = packet.getUnsignedByte(at + WireFormat.OFFSET_PATH);
        sessionId = packet.getLong(at + WireFormat.OFFSET_SESSION);
        packetNumber = packet.getLong(at + WireFormat.OFFSET_PACKET_NUMBER);
        sendTimeMicros = packet.getInt(at + WireFormat.OFFSET_SEND_TIME);
        return null;
    }

    private @Nullable WireReason readShard(ByteBuf packet, int at, int length) {
        if (length < WireFormat.SHARD_OVERHEAD_BYTES) {
            return WireReason.TOO_SHORT;
        }
        if (!headerIntact(packet, at, WireFormat.PACKET_HEADER_BYTES + WireFormat.SHARD_HEADER_BYTES)) {
            return WireReason.HEADER_CORRUPT;
        }
        shard.read(packet, at + WireFormat.PACKET_HEADER_BYTES);
        body(at + WireFormat.SHARD_OVERHEAD_BYTES, length - WireFormat.SHARD_OVERHEAD_BYTES);
        if (bodyLength != shard.payloadLength()) {
            return bodyLength < shard.payloadLength() ? WireReason.TRUNCATED : WireReason.MERGED;
        }
        if (!shard.isValid()) {
            return WireReason.BAD_GEOMETRY;
        }
        return payloadIntact(packet) ? null : WireReason.PAYLOAD_CORRUPT;
    }

    private @Nullable WireReason readControl(ByteBuf packet, int at, int length) {
        if (!headerIntact(packet, at, WireFormat.PACKET_HEADER_BYTES)) {
            return WireReason.HEADER_CORRUPT;
        }
        body(at + WireFormat.CONTROL_OVERHEAD_BYTES, length - WireFormat.CONTROL_OVERHEAD_BYTES);
        return payloadIntact(packet) ? null : WireReason.PAYLOAD_CORRUPT;
    }

    private boolean headerIntact(ByteBuf packet, int at, int headerLength) {
        payloadCrc = packet.getInt(at + headerLength);
        int expected = packet.getInt(at + headerLength + 4);
        return crc.of(packet, at, headerLength + 4) == expected;
    }

    private boolean payloadIntact(ByteBuf packet) {
        return crc.of(packet, bodyIndex, bodyLength) == payloadCrc;
    }

    private void body(int index, int length) {
        bodyIndex = index;
        bodyLength = length;
    }

    /** Returns what the packet carries. */
    public PacketKind kind() {
        return kind;
    }

    /** Returns whether the sender would like its acknowledgement at once. */
    public boolean wantsAckNow() {
        return (flags & WireFormat.FLAG_ACK_NOW) != 0;
    }

    /** Returns the path, unsigned byte. */
    public int pathId() {
        return pathId;
    }

    /** Returns the session as named by this side; 0 in a HELLO. */
    public long sessionId() {
        return sessionId;
    }

    /** Returns the number of the packet on its path, unsigned. */
    public long packetNumber() {
        return packetNumber;
    }

    /** Returns the sender's clock in microseconds, wrapping at 32 bits. */
    public int sendTimeMicros() {
        return sendTimeMicros;
    }

    /** Returns the shard header; valid for {@link PacketKind#SHARD} only, until the next {@link #read}. */
    public ShardHeader shard() {
        return shard;
    }

    /** Returns the absolute index of the payload (shard) or body (other kinds) in the packet's buffer. */
    public int bodyIndex() {
        return bodyIndex;
    }

    /** Returns the length of payload or body in bytes. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Returns the verified CRC-32C of payload or body. */
    public int payloadCrc() {
        return payloadCrc;
    }
}
