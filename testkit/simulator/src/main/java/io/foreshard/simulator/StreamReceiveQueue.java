package io.foreshard.simulator;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes of a stream that have arrived and have not been read. */
final class StreamReceiveQueue {

    private final Deque<byte[]> segments = new ArrayDeque<>();
    private int headOffset;

    boolean isEmpty() {
        return segments.isEmpty();
    }

    void add(byte[] segment) {
        segments.add(segment);
    }

    void clear() {
        segments.clear();
        headOffset = 0;
    }

    /** Fills the buffer's writable bytes as far as there is something; returns how many. */
    int readInto(ByteBuf buffer) {
        int total = 0;
        while (buffer.isWritable() && !segments.isEmpty()) {
            byte[] head = segments.element();
            int length = Math.min(buffer.writableBytes(), head.length - headOffset);
            buffer.writeBytes(head, headOffset, length);
            total += length;
            headOffset += length;
            if (headOffset == head.length) {
                segments.remove();
                headOffset = 0;
            }
        }
        return total;
    }
}
