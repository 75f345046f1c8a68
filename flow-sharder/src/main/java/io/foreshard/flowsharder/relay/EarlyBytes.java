package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What was read before a flow began, to be sent first. */
final class EarlyBytes implements Conduit {

    private final ByteBuf data;

    private EarlyBytes(ByteBuf data) {
        this.data = data;
    }

    /** Takes all that is there; returns {@code null} if that is nothing. */
    static @Nullable Conduit of(Queue<ByteBuf> early, ByteBufAllocator allocator) {
        if (early.isEmpty()) {
            return null;
        }
        int bytes = early.stream().mapToInt(ByteBuf::readableBytes).sum();
        ByteBuf all = allocator.directBuffer(bytes, bytes);
        for (ByteBuf part = early.poll(); part != null; part = early.poll()) {
            all.writeBytes(part);
            part.release();
        }
        return new EarlyBytes(all);
    }

    @Override
    public boolean isEmpty() {
        return !data.isReadable();
    }

    @Override
    public int fill(FileDescriptor source) {
        return 0;
    }

    @Override
    public int drain(FileDescriptor target) throws IOException {
        int count = target.write(data.internalNioBuffer(0, data.capacity()), data.readerIndex(), data.writerIndex());
        data.skipBytes(count);
        return count;
    }

    @Override
    public boolean isShort() {
        return !isEmpty();
    }

    @Override
    public void close() {
        data.release();
    }
}
