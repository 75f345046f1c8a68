package io.foreshard.flowsharder.relay;

import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * What a connection to a relay begins with: where to, and that who opens it may use the relay. {@code docs/flow-sharder.md} shows it byte
 * by byte. A route over several relays is one header behind the other.
 *
 * @param version of the format
 * @param expirySeconds until when it is valid, in seconds since 1970
 * @param nonceHigh upper half of 16 random bytes
 * @param nonceLow lower half
 * @param nextHop {@code host:port}, an IPv6 address in brackets; 1 to {@value #MAX_HOP_BYTES} bytes of UTF-8
 * @param tagHigh upper half of the signature over all before
 * @param tagLow lower half
 */
public record RouteHeader(
        int version, long expirySeconds, long nonceHigh, long nonceLow, String nextHop, long tagHigh, long tagLow) {

    /** Version of the format. */
    public static final int VERSION = 1;

    /** The longest name of a next hop, as UTF-8. */
    public static final int MAX_HOP_BYTES = 255;

    /** Version and length. */
    static final int PREFIX_BYTES = 3;

    private static final int TAG_BYTES = 2 * Long.BYTES;
    private static final int BEFORE_HOP_BYTES = 3 * Long.BYTES;

    static final int HOP_INDEX = PREFIX_BYTES + BEFORE_HOP_BYTES;

    /** The lengths that can stand in a header. */
    static final int LEAST_LENGTH = BEFORE_HOP_BYTES + 1 + TAG_BYTES;

    static final int MOST_LENGTH = BEFORE_HOP_BYTES + MAX_HOP_BYTES + TAG_BYTES;

    /** The longest header. */
    public static final int MAX_BYTES = PREFIX_BYTES + MOST_LENGTH;

    /**
     * Checks that the next hop is neither empty nor too long.
     *
     * @throws IllegalArgumentException if it is
     */
    public RouteHeader {
        Checks.inRange("bytes of nextHop", ByteBufUtil.utf8Bytes(nextHop), 1, MAX_HOP_BYTES);
    }

    /**
     * Makes a header that is not signed yet.
     *
     * @param nextHop {@code host:port}
     * @param expirySeconds until when it is to be valid, in seconds since 1970
     * @param nonceHigh upper half of 16 random bytes
     * @param nonceLow lower half
     * @return a header of this version, its tag 0
     * @throws IllegalArgumentException if the next hop is empty or too long
     */
    public static RouteHeader to(String nextHop, long expirySeconds, long nonceHigh, long nonceLow) {
        return new RouteHeader(VERSION, expirySeconds, nonceHigh, nonceLow, nextHop, 0, 0);
    }

    /** Returns how many bytes {@link #write} writes. */
    public int bytes() {
        return PREFIX_BYTES + length();
    }

    /**
     * Writes the header, which is the first that is sent to a relay.
     *
     * @param out gets {@link #bytes()} more readable bytes
     */
    public void write(ByteBuf out) {
        writeSigned(out);
        out.writeLong(tagHigh).writeLong(tagLow);
    }

    void writeSigned(ByteBuf out) {
        out.writeByte(version).writeShort(length());
        out.writeLong(expirySeconds).writeLong(nonceHigh).writeLong(nonceLow);
        out.writeBytes(nextHop.getBytes(StandardCharsets.UTF_8));
    }

    RouteHeader withTag(long high, long low) {
        return new RouteHeader(version, expirySeconds, nonceHigh, nonceLow, nextHop, high, low);
    }

    private int length() {
        return BEFORE_HOP_BYTES + ByteBufUtil.utf8Bytes(nextHop) + TAG_BYTES;
    }

    /** Reads a whole header of a length that was checked, and takes it from the buffer. */
    static RouteHeader read(ByteBuf in) {
        int version = in.readUnsignedByte();
        int hopBytes = in.readUnsignedShort() - BEFORE_HOP_BYTES - TAG_BYTES;
        long expirySeconds = in.readLong();
        long nonceHigh = in.readLong();
        long nonceLow = in.readLong();
        String nextHop = in.readCharSequence(hopBytes, StandardCharsets.UTF_8).toString();
        return new RouteHeader(version, expirySeconds, nonceHigh, nonceLow, nextHop, in.readLong(), in.readLong());
    }
}
