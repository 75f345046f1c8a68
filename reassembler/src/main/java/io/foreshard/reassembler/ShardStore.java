package io.foreshard.reassembler;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Decides whether a payload is kept as a slice of its packet or copied out of it. A slice keeps the whole buffer in memory that
 * the packet lies in, and with batched receiving that is one large buffer for many packets: it is kept only if that buffer is at
 * most twice the payload.
 */
final class ShardStore {

    /** Heap bytes of a buffer object. */
    private static final long BUFFER_BYTES = 96;

    private static final int LARGEST_WASTE = 2;

    /** Allocators round up to a size class, by a quarter at most beyond the smallest. */
    private static final int SMALLEST_CLASS_BYTES = 16;

    private final ByteBufAllocator allocator;

    ShardStore(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Returns the bytes to charge for a payload of a packet: what will really be retained. */
    static long chargeFor(ByteBuf packet, int payloadLength) {
        int retained = retainedBytes(packet);
        return isSliced(retained, payloadLength)
                ? BUFFER_BYTES + retained
                : BUFFER_BYTES + payloadLength + payloadLength / 4 + SMALLEST_CLASS_BYTES;
    }

    /** Returns the payload in a buffer that the caller owns. */
    ByteBuf store(ByteBuf packet, int payloadIndex, int payloadLength) {
        if (isSliced(retainedBytes(packet), payloadLength)) {
            return packet.retainedSlice(payloadIndex, payloadLength);
        }
        ByteBuf copy = allocator.buffer(payloadLength, payloadLength);
        copy.writeBytes(packet, payloadIndex, payloadLength);
        return copy;
    }

    private static boolean isSliced(int retained, int payloadLength) {
        return retained <= (long) LARGEST_WASTE * payloadLength;
    }

    private static int retainedBytes(ByteBuf packet) {
        ByteBuf root = packet;
        for (ByteBuf below = root.unwrap(); below != null; below = root.unwrap()) {
            root = below;
        }
        return root.capacity();
    }
}
