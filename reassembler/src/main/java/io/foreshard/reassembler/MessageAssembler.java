package io.foreshard.reassembler;

import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.Crc32c;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Makes one buffer of the shards of a message, without copying them, and checks the checksum of the whole. */
final class MessageAssembler {

    private static final int ZERO_BYTES = 1 << 16;

    private final ByteBufAllocator allocator;
    private final CrcFolder folder = new CrcFolder();
    private final ByteBuf zeros;

    MessageAssembler(ByteBufAllocator allocator, boolean partial) {
        this.allocator = allocator;
        // Shared by all holes: it must be neither written nor released by who gets a partial message.
        this.zeros = Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer(new byte[partial ? ZERO_BYTES : 0]).asReadOnly());
    }

    CrcFolder folder() {
        return folder;
    }

    /** Returns whether the checksum of a message of which all blocks are complete holds. */
    boolean isIntact(Message message) {
        int crc = 0;
        for (int number = 0; number < message.blockCount(); number++) {
            Block block = message.blocks().get(number);
            if (block == null) {
                return false;
            }
            crc = folder.append(crc, block.crc(), block.length());
        }
        return crc == Crc32c.RESIDUE;
    }

    /** Returns the content of a complete message; the caller owns it, and the message has no buffers any more. */
    ByteBuf assemble(Message message) {
        CompositeByteBuf content = allocator.compositeBuffer(Math.max(2, message.shards()));
        long contentBytes = contentBytes(message);
        for (int number = 0; number < message.blockCount(); number++) {
            Block block = message.blocks().get(number);
            Generation generation = block == null ? null : block.held();
            if (generation != null) {
                addAll(content, generation, contentBytes);
            }
        }
        return content;
    }

    private static void addAll(CompositeByteBuf content, Generation generation, long contentBytes) {
        for (int index = 0; index < generation.slots(); index++) {
            add(content, generation.take(index), contentBytes);
        }
    }

    private static void add(CompositeByteBuf content, @Nullable ByteBuf shard, long limit) {
        if (shard == null) {
            return;
        }
        int room = (int) Math.min(shard.readableBytes(), limit - content.writerIndex());
        if (room <= 0) {
            // The trailer alone.
            shard.release();
            return;
        }
        shard.writerIndex(shard.readerIndex() + room);
        content.addFlattenedComponents(true, shard);
    }

    /** Returns what is there of the content, holes as zeros; the caller owns it, and the message has no buffers any more. */
    ByteBuf assemblePartial(Message message) {
        long contentBytes = contentBytes(message);
        long zeroParts = contentBytes / ZERO_BYTES + message.shards() + 2L;
        CompositeByteBuf content =
                allocator.compositeBuffer((int) Math.min(Integer.MAX_VALUE - 8, zeroParts + message.shards()));
        for (Block block : message.blocks().sorted()) {
            Generation generation = block.leading();
            if (generation != null) {
                long offset = BlockGeometry.blockOffset(message.exponent(), block.number());
                addPresent(content, generation, offset, contentBytes);
            }
        }
        zeroUpTo(content, contentBytes);
        return content;
    }

    private void addPresent(CompositeByteBuf content, Generation generation, long offset, long contentBytes) {
        for (int index = 0; index < generation.slots(); index++) {
            if (generation.has(index)) {
                zeroUpTo(content, Math.min(contentBytes, offset + (long) index * generation.shardSize()));
                add(content, generation.take(index), contentBytes);
            }
        }
    }

    private void zeroUpTo(CompositeByteBuf content, long end) {
        while (content.writerIndex() < end) {
            int length = (int) Math.min(ZERO_BYTES, end - content.writerIndex());
            content.addComponent(true, zeros.slice(0, length));
        }
    }

    private static long contentBytes(Message message) {
        return message.total() - WireFormat.MESSAGE_TRAILER_BYTES;
    }
}
