package io.foreshard.flowsharder.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the two edges share: signs tokens by HMAC-SHA-256 (RFC 2104), cut to 128 bits, and derives the key of a leg's checksums
 * from what both sides drew. Not safe for use by several threads.
 */
public final class JoinKey {

    /** The shortest secret. */
    public static final int LEAST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG_BYTES = 2 * Long.BYTES;
    private static final byte JOIN = 'J';
    private static final byte JOINED = 'A';
    private static final byte CHECKSUMS = 'C';

    private final Mac mac;

    /**
     * Makes a key.
     *
     * @param secret at least {@value #LEAST_BYTES} bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public JoinKey(byte[] secret) {
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "secret: " + secret.length + " bytes (expected: at least " + LEAST_BYTES + ")");
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /**
     * Signs a token.
     *
     * @param token its tag is ignored
     * @return the same with its tag
     */
    public JoinToken sign(JoinToken token) {
        ByteBuf tag = tag(JOIN, token, 0, 0);
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
        return same(tag(JOIN, token, 0, 0), token.tagHigh(), token.tagLow());
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
        ByteBuf tag = tag(JOINED, token, nonceHigh, nonceLow);
        return new JoinProof(nonceHigh, nonceLow, tag.getLong(0), tag.getLong(Long.BYTES));
    }

    /**
     * Returns whether an answer was signed by this key, for this token.
     *
     * @param token what was sent
     * @param proof what came
     */
    public boolean isGenuine(JoinToken token, JoinProof proof) {
        return same(tag(JOINED, token, proof.nonceHigh(), proof.nonceLow()), proof.tagHigh(), proof.tagLow());
    }

    /**
     * Returns the key of the checksums of a leg, of both directions, for all frames after the token and its answer.
     *
     * @param token what opened it
     * @param proof the answer
     */
    public long checksumKey(JoinToken token, JoinProof proof) {
        return tag(CHECKSUMS, token, proof.nonceHigh(), proof.nonceLow()).getLong(0);
    }

    private ByteBuf tag(byte purpose, JoinToken token, long nonceHigh, long nonceLow) {
        ByteBuf signed = Unpooled.buffer(1 + JoinToken.BYTES + TAG_BYTES);
        signed.writeByte(purpose);
        token.write(signed);
        // A token's own tag is no part of what is signed.
        signed.writerIndex(1 + JoinToken.SIGNED_BYTES).writeLong(nonceHigh).writeLong(nonceLow);
        byte[] whole = mac.doFinal(Arrays.copyOf(signed.array(), signed.writerIndex()));
        return Unpooled.wrappedBuffer(whole, 0, TAG_BYTES);
    }

    /** Takes the same time wherever they differ. */
    private static boolean same(ByteBuf tag, long high, long low) {
        byte[] ours = new byte[TAG_BYTES];
        tag.getBytes(0, ours);
        byte[] theirs =
                Unpooled.buffer(TAG_BYTES).writeLong(high).writeLong(low).array();
        return MessageDigest.isEqual(ours, theirs);
    }
}
