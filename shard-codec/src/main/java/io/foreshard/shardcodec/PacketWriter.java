package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;

/**
 * Writes packets of one session and path. Confined to one event loop, allocates nothing.
 *
 * <p>A packet is begun with {@link #begin}, then either finished by {@link #shard} or by writing a body and calling
 * {@link #finishControl}. The caller owns the buffer throughout and provides room for it.
 */
public final class PacketWriter {

    private final Crc32c crc = new Crc32c();
    private int start;

    /** Makes a writer for one event loop. */
    public PacketWriter() {}

    /**
     * Writes the packet header; for every kind but a shard also leaves room for the checksums, so that the body follows.
     *
     * @param out where to write; ownership stays with the caller
     * @param kind what the packet carries
     * @param flags such as {@link WireFormat#FLAG_ACK_NOW}
     * @param pathId unsigned byte
     * @param sessionId the session as named by the receiver
     * @param packetNumber next number of the path
     * @param sendTimeMicros sender's clock in microseconds, wrapping
     */
    public void begin(
            ByteBuf out,
            PacketKind kind,
            int flags,
            int pathId,
            long sessionId,
            long packetNumber,
            int sendTimeMicros) {
        start = out.writerIndex();
        out.writeByte(WireFormat.FIXED_BIT | WireFormat.VERSION);
        out.writeByte(kind.code());
        out.writeByte(flags);
        out.writeByte(pathId);
        out.writeLong(sessionId);
        out.writeLong(packetNumber);
        out.writeInt(sendTimeMicros);
        if (kind != PacketKind.SHARD) {
            out.writeZero(WireFormat.INTEGRITY_BYTES);
        }
    }

    /**
     * Finishes a shard: header, checksums and payload.
     *
     * @param out the buffer given to {@link #begin}
     * @param header place of the shard; its payload length says how much is copied
     * @param payload buffer with the payload, neither changed nor released; one that several event loops read at once is given as
     *     a duplicate, as to any Netty channel
     * @param payloadIndex where the payload starts
     * @return the CRC-32C of the payload
     */
    public int shard(ByteBuf out, ShardHeader header, ByteBuf payload, int payloadIndex) {
        header.write(out);
        int integrity = out.writerIndex();
        out.writeZero(WireFormat.INTEGRITY_BYTES);
        int payloadCrc = crc.copy(payload, payloadIndex, header.payloadLength(), out);
        out.setInt(integrity, payloadCrc);
        out.setInt(integrity + 4, crc.of(out, start, integrity + 4 - start));
        return payloadCrc;
    }

    /**
     * Fills the checksums in after the body was written.
     *
     * @param out the buffer given to {@link #begin}
     */
    public void finishControl(ByteBuf out) {
        int integrity = start + WireFormat.PACKET_HEADER_BYTES;
        int body = integrity + WireFormat.INTEGRITY_BYTES;
        out.setInt(integrity, crc.of(out, body, out.writerIndex() - body));
        out.setInt(integrity + 4, crc.of(out, start, WireFormat.PACKET_HEADER_BYTES + 4));
    }
}
