package io.foreshard.reassembler;

import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The shards that are there of one generation of a block. Owns their buffers until they are taken or released. */
final class Generation {

    /** Headers of the object and its arrays. */
    private static final int FIXED_BYTES = 160;

    private static final int BYTES_PER_SLOT = 8;

    private final int number;
    private final int shardSize;
    private final int blockLength;
    private final @Nullable ByteBuf[] shards;
    private final int[] crcs;
    private final long[] present;
    private final long[] requested;
    private boolean awaited;
    private int count;
    private int payloadBytes;
    private long chargedBytes;

    Generation(int number, int shardSize, int blockLength) {
        this.number = number;
        this.shardSize = shardSize;
        this.blockLength = blockLength;
        int slots = BlockGeometry.shardCount(blockLength, shardSize);
        this.shards = new ByteBuf[slots];
        this.crcs = new int[slots];
        int words = (slots + Long.SIZE - 1) / Long.SIZE;
        this.present = new long[words];
        this.requested = new long[words];
        this.chargedBytes = overheadBytes(slots);
    }

    /** Returns what is charged for a generation of which nothing is there. */
    static long overheadBytes(int slots) {
        return FIXED_BYTES + (long) slots * BYTES_PER_SLOT + slots / 4;
    }

    /** Returns whether the generation number a comes after b, in the arithmetic of RFC 1982 with 8 bits. */
    static boolean isNewer(int a, int b) {
        return (byte) (a - b) > 0;
    }

    boolean matches(ShardHeader header) {
        return number == header.generation() && shardSize == header.shardSize();
    }

    boolean fits(ShardHeader header) {
        int index = header.index();
        return index < shards.length
                && header.payloadLength() == BlockGeometry.shardLength(blockLength, shardSize, index);
    }

    void put(int index, ByteBuf shard, int crc, long charge) {
        shards[index] = shard;
        crcs[index] = crc;
        present[index >>> 6] |= 1L << index;
        count++;
        payloadBytes += shard.readableBytes();
        chargedBytes += charge;
    }

    boolean has(int index) {
        return (present[index >>> 6] & 1L << index) != 0;
    }

    boolean wasRequested(int index) {
        return (requested[index >>> 6] & 1L << index) != 0;
    }

    /** Notes that all of it is on its way although it was not asked for shard by shard. */
    void await() {
        request(shards.length);
        awaited = true;
    }

    boolean isAwaited() {
        return awaited;
    }

    /** Notes that all that is missing below a limit was asked for. */
    void request(int limit) {
        awaited = false;
        for (int word = 0; word << 6 < limit; word++) {
            requested[word] |= ~present[word] & mask(word, limit);
        }
    }

    /** Returns whether a shard below a limit is missing; on wish, one that was not asked for yet. */
    boolean isMissing(int limit, boolean unrequestedOnly) {
        for (int word = 0; word << 6 < limit; word++) {
            long here = unrequestedOnly ? present[word] | requested[word] : present[word];
            if ((~here & mask(word, limit)) != 0) {
                return true;
            }
        }
        return false;
    }

    private static long mask(int word, int limit) {
        int bits = limit - (word << 6);
        return bits >= Long.SIZE ? -1L : (1L << bits) - 1;
    }

    /** Takes the buffer of a shard out; the caller owns it then. */
    @Nullable
    ByteBuf take(int index) {
        ByteBuf shard = shards[index];
        shards[index] = null;
        return shard;
    }

    /** Releases all buffers that were not taken. */
    void release() {
        for (int index = 0; index < shards.length; index++) {
            ByteBuf shard = take(index);
            if (shard != null) {
                shard.release();
            }
        }
    }

    /** Returns the checksum of the whole block from those of its shards. */
    int foldedCrc(CrcFolder folder) {
        int crc = 0;
        for (int index = 0; index < crcs.length; index++) {
            crc = folder.append(crc, crcs[index], BlockGeometry.shardLength(blockLength, shardSize, index));
        }
        return crc;
    }

    boolean isComplete() {
        return count == shards.length;
    }

    int number() {
        return number;
    }

    int shardSize() {
        return shardSize;
    }

    int slots() {
        return shards.length;
    }

    int crc(int index) {
        return crcs[index];
    }

    int count() {
        return count;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    long chargedBytes() {
        return chargedBytes;
    }
}
