package io.foreshard.addrsharding.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file from front to back through a buffer of bounded size. */
final class FileWindow {

    private static final int READ_AHEAD = 1 << 20;

    private final Disk.File file;
    private final long size;
    private final ByteBuffer buffer;
    private long from;
    private int held;

    /**
     * Makes a window.
     *
     * @param size how much of the file there is
     * @param mostBytes how many bytes are asked for at once at the most
     */
    FileWindow(Disk.File file, long size, int mostBytes) {
        this.file = file;
        this.size = size;
        int capacity = (int) Math.min(Math.max(READ_AHEAD, mostBytes), Math.max(size, 1));
        this.buffer = capacity < READ_AHEAD ? ByteBuffer.allocate(capacity) : ByteBuffer.allocateDirect(capacity);
    }

    /** Returns whether the file has a range; then the buffer holds it from {@link #at} on. */
    boolean holds(long offset, int bytes) throws IOException {
        if (offset + bytes > size || bytes > buffer.capacity()) {
            return false;
        }
        if (offset < from || offset + bytes > from + held) {
            buffer.clear();
            buffer.limit((int) Math.min(buffer.capacity(), size - offset));
            file.read(buffer, offset);
            from = offset;
            held = buffer.position();
            buffer.clear();
        }
        return bytes <= held;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Returns where in the buffer a byte of the file stands. */
    int at(long offset) {
        return (int) (offset - from);
    }

    long size() {
        return size;
    }
}
