package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes and reads the bodies of PATH_CHALLENGE, PATH_RESPONSE, PROBE and CLOSE. Pure functions. */
public final class PathCodec {

    /** Length of the token of a challenge and its response; padding may follow. */
    public static final int TOKEN_BYTES = 8;

    private static final int CLOSE_BYTES = 1;

    private PathCodec() {}

    /**
     * Writes the body of a PATH_CHALLENGE or PATH_RESPONSE.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param token unguessable; a response repeats that of the challenge
     */
    public static void writeToken(ByteBuf out, long token) {
        out.writeLong(token);
    }

    /**
     * Returns whether a body of this length holds a token.
     *
     * @param length length of the body
     */
    public static boolean hasToken(int length) {
        return length >= TOKEN_BYTES;
    }

    /**
     * Reads the token; only where {@link #hasToken} holds.
     *
     * @param in buffer with the packet; neither indices nor reference count change
     * @param index first byte of the body
     */
    public static long readToken(ByteBuf in, int index) {
        return in.getLong(index);
    }

    /**
     * Writes zeros, so that the packet has a given length: the whole body of a PROBE, and what follows a token where the path MTU
     * is to be shown at the same time (RFC 8899).
     *
     * @param out buffer with room, after {@link PacketWriter#begin} and the token; ownership stays with the caller
     * @param bodyBytes bytes of the body so far
     * @param packetBytes length of the packet with its headers
     */
    public static void writePadding(ByteBuf out, int bodyBytes, int packetBytes) {
        out.writeZero(Math.max(packetBytes - WireFormat.CONTROL_OVERHEAD_BYTES - bodyBytes, 0));
    }

    /**
     * Writes the body of a CLOSE.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param reason why the session ends
     */
    public static void writeClose(ByteBuf out, CloseReason reason) {
        out.writeByte(reason.code());
    }

    /**
     * Reads the body of a CLOSE.
     *
     * @param in buffer with the packet; neither indices nor reference count change
     * @param index first byte of the body
     * @param length length of the body
     * @return why the session ends, or {@code null} when the body is malformed
     */
    public static @Nullable CloseReason readClose(ByteBuf in, int index, int length) {
        return length == CLOSE_BYTES ? CloseReason.ofCode(in.getUnsignedByte(index)) : null;
    }
}
