package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A buffer, filled by one read when it is empty. Owns its memory until it is closed. */
final class CopyBuffer implements Conduit {

    /** Up to here what came is taken for all there is: after more, a look for the rest costs less than to be woken for it. */
    private static final int TRICKLE_BYTES = 16 << 10;

    private final ByteBuf data;
    private final ByteBuffer memory;
    private int mostBytes;
    private boolean isShort;

    /** Takes the buffer, a direct one. */
    CopyBuffer(ByteBuf data) {
        this.data = data;
        this.memory = data.nioBuffer(0, data.capacity());
        this.mostBytes = data.capacity();
    }

    /** Bounds the next reads. */
    CopyBuffer limit(int bytes) {
        mostBytes = Math.min(bytes, data.capacity());
        return this;
    }

    int mostBytes() {
        return mostBytes;
    }

    ByteBuf data() {
        return data;
    }

    @Override
    public boolean isEmpty() {
        return !data.isReadable();
    }

    @Override
    public int fill(FileDescriptor source) throws IOException {
        if (!isEmpty()) {
            return 0;
        }
        int count = source.read(memory, 0, mostBytes);
        isShort = count < Math.min(mostBytes, TRICKLE_BYTES);
        data.setIndex(0, Math.max(0, count));
        return count;
    }

    @Override
    public boolean isShort() {
        return isShort || !isEmpty();
    }

    @Override
    public int drain(FileDescriptor target) throws IOException {
        int count = target.write(memory, data.readerIndex(), data.writerIndex());
        data.skipBytes(count);
        return count;
    }

    @Override
    public void close() {
        data.release();
    }
}
