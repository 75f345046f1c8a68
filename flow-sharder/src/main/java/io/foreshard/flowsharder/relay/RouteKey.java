package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.sign.Signer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The secret of a relay, which those know who may use it: another than the edges', so that a relay cannot join their sessions. Signs by
 * HMAC-SHA-256 (RFC 2104), cut to 128 bits. Any thread.
 */
public final class RouteKey {

    /** The shortest secret. */
    public static final int LEAST_BYTES = Signer.LEAST_BYTES;

    private static final byte ROUTE = 'R';

    private final Signer signer;

    /**
     * Makes a key.
     *
     * @param secret at least {@value #LEAST_BYTES} bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public RouteKey(byte[] secret) {
        signer = new Signer(secret);
    }

    /**
     * Signs a header.
     *
     * @param header its tag is ignored
     * @return the same with its tag
     */
    public RouteHeader sign(RouteHeader header) {
        ByteBuf tag = signer.tag(signed(header));
        return header.withTag(tag.getLong(0), tag.getLong(Long.BYTES));
    }

    /**
     * Returns whether a header was signed by this key.
     *
     * @param header any
     */
    public boolean isGenuine(RouteHeader header) {
        return signer.isTag(signed(header), header.tagHigh(), header.tagLow());
    }

    private static ByteBuf signed(RouteHeader header) {
        ByteBuf signed = Unpooled.buffer(1 + header.bytes()).writeByte(ROUTE);
        header.writeSigned(signed);
        return signed;
    }
}
