package io.foreshard.flowsharder.sign;

import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs by HMAC-SHA-256 (RFC 2104), cut to 128 bits. Any thread. Each connection needs a tag or three, so that none is kept
 * from the one before.
 */
public final class Signer {

    /** The shortest secret. */
    public static final int LEAST_BYTES = 16;

    /** Length of a tag. */
    public static final int TAG_BYTES = 2 * Long.BYTES;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    /**
     * Makes a signer.
     *
     * @param secret at least {@value #LEAST_BYTES} bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public Signer(byte[] secret) {
        Checks.require(secret.length >= LEAST_BYTES, "secret", secret.length + " bytes", "at least " + LEAST_BYTES);
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Returns the tag of some bytes.
     *
     * @param signed its readable bytes; neither changed nor released
     * @return {@value #TAG_BYTES} bytes on the heap
     */
    public ByteBuf tag(ByteBuf signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Unpooled.wrappedBuffer(mac.doFinal(ByteBufUtil.getBytes(signed)), 0, TAG_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /**
     * Returns whether some bytes have this tag; takes the same time wherever it differs.
     *
     * @param signed its readable bytes; neither changed nor released
     * @param high upper half of the tag that came
     * @param low lower half
     */
    public boolean isTag(ByteBuf signed, long high, long low) {
        ByteBuf theirs = Unpooled.buffer(TAG_BYTES).writeLong(high).writeLong(low);
        return MessageDigest.isEqual(ByteBufUtil.getBytes(tag(signed)), theirs.array());
    }
}
