package io.foreshard.flowsharder.wire;

import io.foreshard.flowsharder.sign.Signer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The secret that the two edges share: signs tokens by HMAC-SHA-256 (RFC 2104), cut to 128 bits, and derives the key of a leg's checksums
 * from what both sides drew. Any thread.
 */
public final class JoinKey {

    /** The shortest secret. */
    public static final int LEAST_BYTES = Signer.LEAST_BYTES;

    private static final byte JOIN = 'J';
    private static final byte JOINED = 'A';
    private static final byte CHECKSUMS = 'C';

    private final Signer signer;

    /**
     * Makes a key.
     *
     * @param secret at least {@value #LEAST_BYTES} bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public JoinKey(byte[] secret) {
        signer = new Signer(secret);
    }

    /**
     * Signs a token.
     *
     * @param token its tag is ignored
     * @return the same with its tag
     */
    public JoinToken sign(JoinToken token) {
        ByteBuf tag = signer.tag(signed(JOIN, token, 0, 0));
        return new JoinToken(
                token.version(),
                token.sessionHigh(),
                token.sessionLow(),
                token.leg(),
                token.epoch(),
                token.expirySeconds(),
                token.nonceHigh(),
                token.nonceLow(),
                tag.getLong(0),
                tag.getLong(Long.BYTES));
    }

    /**
     * Returns whether a token was signed by this key.
     *
     * @param token any
     */
    public boolean isGenuine(JoinToken token) {
        return signer.isTag(signed(JOIN, token, 0, 0), token.tagHigh(), token.tagLow());
    }

    /**
     * Signs the answer to a token.
     *
     * @param token what is answered
     * @param nonceHigh upper half of 16 random bytes
     * @param nonceLow lower half
     * @return the answer
     */
    public JoinProof answer(JoinToken token, long nonceHigh, long nonceLow) {
        ByteBuf tag = signer.tag(signed(JOINED, token, nonceHigh, nonceLow));
        return new JoinProof(nonceHigh, nonceLow, tag.getLong(0), tag.getLong(Long.BYTES));
    }

    /**
     * Returns whether an answer was signed by this key, for this token.
     *
     * @param token what was sent
     * @param proof what came
     */
    public boolean isGenuine(JoinToken token, JoinProof proof) {
        ByteBuf signed = signed(JOINED, token, proof.nonceHigh(), proof.nonceLow());
        return signer.isTag(signed, proof.tagHigh(), proof.tagLow());
    }

    /**
     * Returns the key of the checksums of a leg, of both directions, for all frames after the token and its answer.
     *
     * @param token what opened it
     * @param proof the answer
     */
    public long checksumKey(JoinToken token, JoinProof proof) {
        return signer.tag(signed(CHECKSUMS, token, proof.nonceHigh(), proof.nonceLow()))
                .getLong(0);
    }

    private static ByteBuf signed(byte purpose, JoinToken token, long nonceHigh, long nonceLow) {
        ByteBuf signed = Unpooled.buffer(1 + JoinToken.BYTES + Signer.TAG_BYTES);
        signed.writeByte(purpose);
        token.write(signed);
        // A token's own tag is no part of what is signed.
        return signed.writerIndex(1 + JoinToken.SIGNED_BYTES)
                .writeLong(nonceHigh)
                .writeLong(nonceLow);
    }
}
