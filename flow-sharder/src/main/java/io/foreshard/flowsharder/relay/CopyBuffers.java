package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one event loop. As long as few bytes wait, all flows share the one that was used last and is still in the processor's cache.
 * When more wait, each keeps no more than it needs; when there is little room left, less is read at once.
 */
final class CopyBuffers implements Conduits {

    private static final int MOST_IDLE = 2;
    private static final int LEAST_READ_BYTES = 4 << 10;
    /** The part of the room that one read may take. */
    private static final int SHARE = 16;

    private final ByteBufAllocator allocator;
    private final int readBytes;
    private final long limitBytes;
    private final ArrayDeque<CopyBuffer> idle = new ArrayDeque<>(MOST_IDLE);
    private long heldBytes;

    CopyBuffers(ByteBufAllocator allocator, int readBytes, long limitBytes) {
        this.allocator = allocator;
        this.readBytes = readBytes;
        this.limitBytes = limitBytes;
    }

    @Override
    public @Nullable Conduit take() {
        CopyBuffer last = idle.pollLast();
        CopyBuffer buffer = last == null ? make(readBytes) : last;
        if (buffer == null) {
            return null;
        }
        long share = (limitBytes - heldBytes) / SHARE;
        return buffer.limit((int) Math.max(LEAST_READ_BYTES, Math.min(readBytes, share)));
    }

    private @Nullable CopyBuffer make(int bytes) {
        try {
            CopyBuffer made = new CopyBuffer(allocator.directBuffer(bytes, bytes));
            heldBytes += bytes;
            return made;
        } catch (OutOfMemoryError noDirectMemory) {
            return null;
        }
    }

    @Override
    public void giveBack(Conduit conduit) {
        if (conduit instanceof CopyBuffer buffer && buffer.data().capacity() == readBytes && idle.size() < MOST_IDLE) {
            buffer.data().clear();
            idle.addLast(buffer);
        } else {
            release(conduit);
        }
    }

    private void release(Conduit conduit) {
        if (conduit instanceof CopyBuffer buffer) {
            heldBytes -= buffer.data().capacity();
        }
        conduit.close();
    }

    @Override
    public Conduit park(Conduit waiting) {
        if (heldBytes * 2 < limitBytes || !(waiting instanceof CopyBuffer buffer)) {
            return waiting;
        }
        ByteBuf rest = buffer.data();
        if (rest.readableBytes() == rest.capacity()) {
            return waiting;
        }
        CopyBuffer small = make(rest.readableBytes());
        if (small == null) {
            return waiting;
        }
        small.data().writeBytes(rest);
        giveBack(waiting);
        return small;
    }

    @Override
    public void close() {
        idle.forEach(this::release);
        idle.clear();
    }
}
