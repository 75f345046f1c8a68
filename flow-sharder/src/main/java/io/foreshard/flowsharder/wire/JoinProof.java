package io.foreshard.flowsharder.wire;

import io.netty.buffer.ByteBuf;

/**
 * The answer to a {@link JoinToken}: who gives it knows the key as well.
 *
 * @param nonceHigh upper half of 16 random bytes
 * @param nonceLow lower half
 * @param tagHigh upper half of the signature over the token and these bytes
 * @param tagLow lower half
 */
public record JoinProof(long nonceHigh, long nonceLow, long tagHigh, long tagLow) {

    static final int BYTES = 4 * Long.BYTES;

    static JoinProof read(ByteBuf in, int index) {
        return new JoinProof(in.getLong(index), in.getLong(index + 8), in.getLong(index + 16), in.getLong(index + 24));
    }

    void write(ByteBuf out) {
        out.writeLong(nonceHigh).writeLong(nonceLow).writeLong(tagHigh).writeLong(tagLow);
    }
}
