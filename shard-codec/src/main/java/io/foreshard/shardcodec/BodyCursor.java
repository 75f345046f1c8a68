package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;

/**
 * Reads a body from front to back with bounds of its own: what lies beyond the end reads as zero and is remembered. Hostile bytes
 * therefore cost no exception, and the bounds hold even where Netty's own checks are switched off.
 */
final class BodyCursor {

    private final ByteBuf in;
    private final int end;
    private int at;
    private boolean overrun;

    BodyCursor(ByteBuf in, int index, int length) {
        this.in = in;
        this.at = index;
        this.end = index + length;
    }

    boolean overrun() {
        return overrun;
    }

    int u8() {
        int from = advance(1);
        return from < 0 ? 0 : in.getUnsignedByte(from);
    }

    int u16() {
        int from = advance(2);
        return from < 0 ? 0 : in.getUnsignedShort(from);
    }

    long u32() {
        int from = advance(4);
        return from < 0 ? 0 : in.getUnsignedInt(from);
    }

    long u64() {
        int from = advance(8);
        return from < 0 ? 0 : in.getLong(from);
    }

    /** Allocates what is there, never what was announced. */
    byte[] bytes(int length) {
        int from = advance(length);
        byte[] bytes = new byte[from < 0 ? 0 : length];
        if (from >= 0) {
            in.getBytes(from, bytes);
        }
        return bytes;
    }

    void skip(int length) {
        advance(length);
    }

    private int advance(int length) {
        if (overrun || end - at < length) {
            overrun = true;
            return -1;
        }
        int from = at;
        at += length;
        return from;
    }
}
