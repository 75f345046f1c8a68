package io.foreshard.flowsharder.wire;

import io.netty.buffer.ByteBuf;

/**
 * What opens a leg: it says which session the leg belongs to, and that who opens it knows the key.
 *
 * @param version of the protocol
 * @param sessionHigh upper half of the session's number
 * @param sessionLow lower half
 * @param leg the leg's number within its session
 * @param epoch how often this leg was opened; a lower or equal one than the newest is refused
 * @param expirySeconds until when it is valid, in seconds since 1970
 * @param nonceHigh upper half of 16 random bytes
 * @param nonceLow lower half
 * @param tagHigh upper half of the signature over all before
 * @param tagLow lower half
 */
public record JoinToken(
        int version,
        long sessionHigh,
        long sessionLow,
        int leg,
        int epoch,
        long expirySeconds,
        long nonceHigh,
        long nonceLow,
        long tagHigh,
        long tagLow) {

    /** Length of what is signed. */
    static final int SIGNED_BYTES = 1 + 2 * Long.BYTES + 2 * Integer.BYTES + 3 * Long.BYTES;

    static final int BYTES = SIGNED_BYTES + 2 * Long.BYTES;

    static JoinToken read(ByteBuf in, int index) {
        int at = index + 1;
        return new JoinToken(
                in.getUnsignedByte(index),
                in.getLong(at),
                in.getLong(at + 8),
                in.getInt(at + 16),
                in.getInt(at + 20),
                in.getLong(at + 24),
                in.getLong(at + 32),
                in.getLong(at + 40),
                in.getLong(at + 48),
                in.getLong(at + 56));
    }

    void write(ByteBuf out) {
        out.writeByte(version).writeLong(sessionHigh).writeLong(sessionLow).writeInt(leg);
        out.writeInt(epoch).writeLong(expirySeconds).writeLong(nonceHigh).writeLong(nonceLow);
        out.writeLong(tagHigh).writeLong(tagLow);
    }
}
