package io.foreshard.telemetry.probe;

import io.netty.buffer.ByteBuf;

/**
 * The unauthenticated packets of STAMP (RFC 8762, figures 2 and 4, with the session identifier of RFC 8972, figure 1), and what may
 * follow them: one Extra Padding TLV (RFC 8972, 4.1). Offsets and lengths in bytes. Never keeps a buffer.
 */
final class StampPacket {

    /** Of both kinds of packets without what follows. */
    static final int BYTES = 44;

    static final int TLV_HEADER_BYTES = 4;

    private static final int SEQUENCE = 0;
    private static final int TIMESTAMP = 4;
    private static final int ERROR_ESTIMATE = 12;
    private static final int SESSION_ID = 14;
    private static final int RECEIVE_TIMESTAMP = 16;
    private static final int SENDER_SEQUENCE = 24;
    private static final int SENDER_TIMESTAMP = 28;
    private static final int SENDER_ERROR_ESTIMATE = 36;
    private static final int SENDER_RESERVED = 38;
    private static final int SENDER_TTL = 40;
    private static final int TTL_RESERVED = 41;

    /** What the TTL is where the packet's own cannot be read (RFC 5357, 4.2.1). */
    private static final int UNREAD_TTL = 255;

    /** The bit U, which the sender sets and a reflector that knows TLVs clears. */
    private static final int TLV_NOT_RECOGNISED = 0x80;

    private static final int EXTRA_PADDING = 1;

    private StampPacket() {}

    /** Writes a probe to an empty buffer, {@link #BYTES} long, and the padding after it. */
    static void writeProbe(
            ByteBuf packet, int sequence, long timestamp, int errorEstimate, int sessionId, int paddingBytes) {
        packet.writeInt(sequence)
                .writeLong(timestamp)
                .writeShort(errorEstimate)
                .writeShort(sessionId)
                .writeZero(BYTES - RECEIVE_TIMESTAMP);
        if (paddingBytes > 0) {
            packet.writeByte(TLV_NOT_RECOGNISED)
                    .writeByte(EXTRA_PADDING)
                    .writeShort(paddingBytes - TLV_HEADER_BYTES)
                    .writeZero(paddingBytes - TLV_HEADER_BYTES);
        }
    }

    /** Turns a probe into its answer where it lies; the session identifier and all that follows the base packet stay. */
    static void reflect(ByteBuf packet, long received, int errorEstimate, long sent) {
        int start = packet.readerIndex();
        packet.setInt(start + SENDER_SEQUENCE, packet.getInt(start + SEQUENCE));
        packet.setLong(start + SENDER_TIMESTAMP, packet.getLong(start + TIMESTAMP));
        packet.setShort(start + SENDER_ERROR_ESTIMATE, packet.getShort(start + ERROR_ESTIMATE));
        packet.setShort(start + SENDER_RESERVED, 0);
        packet.setByte(start + SENDER_TTL, UNREAD_TTL);
        packet.setMedium(start + TTL_RESERVED, 0);
        packet.setLong(start + RECEIVE_TIMESTAMP, received);
        packet.setShort(start + ERROR_ESTIMATE, errorEstimate);
        packet.setLong(start + TIMESTAMP, sent);
    }

    /**
     * Returns whether a packet is an answer of a stateless reflector. Two reflectors of which one is made to answer the other would go on
     * for ever; a probe never has this form, but for padding by chance, once in 2^72 packets.
     */
    static boolean isReflected(ByteBuf packet) {
        int start = packet.readerIndex();
        return packet.getInt(start + SENDER_SEQUENCE) == packet.getInt(start + SEQUENCE)
                && packet.getLong(start + RECEIVE_TIMESTAMP) != 0
                && packet.getShort(start + SENDER_RESERVED) == 0
                && packet.getMedium(start + TTL_RESERVED) == 0;
    }

    /** Returns when the packet was sent: by the sender in a probe, by the reflector in an answer. */
    static long timestamp(ByteBuf packet) {
        return packet.getLong(packet.readerIndex() + TIMESTAMP);
    }

    static int errorEstimate(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex() + ERROR_ESTIMATE);
    }

    static int sessionId(ByteBuf packet) {
        return packet.getUnsignedShort(packet.readerIndex() + SESSION_ID);
    }

    static long receiveTimestamp(ByteBuf answer) {
        return answer.getLong(answer.readerIndex() + RECEIVE_TIMESTAMP);
    }

    static int senderSequence(ByteBuf answer) {
        return answer.getInt(answer.readerIndex() + SENDER_SEQUENCE);
    }

    static long senderTimestamp(ByteBuf answer) {
        return answer.getLong(answer.readerIndex() + SENDER_TIMESTAMP);
    }
}
