package io.foreshard.shardcodec;

/**
 * Where the bytes of a shard lie in its message. A shard owns a fixed range that follows from (total, block exponent, shard size,
 * block, index); no offset travels on the wire, so overlapping shards cannot be expressed (RFC 5722, RFC 1858).
 *
 * <p>Pure functions on checked numbers; {@link #isValid} checks numbers from the wire.
 */
public final class BlockGeometry {

    private BlockGeometry() {}

    /**
     * Returns the number of blocks of a message.
     *
     * @param total bytes of the message on the wire, {@code > 0}
     * @param exponent block length as a power of two
     */
    public static int blockCount(long total, int exponent) {
        return (int) ((total + (1L << exponent) - 1) >>> exponent);
    }

    /**
     * Returns the length of a block; only the last one may be short.
     *
     * @param total bytes of the message on the wire
     * @param exponent block length as a power of two
     * @param block number of the block
     */
    public static int blockLength(long total, int exponent, int block) {
        return (int) Math.min(1L << exponent, total - blockOffset(exponent, block));
    }

    /** Returns where a block starts in its message, in bytes. */
    public static long blockOffset(int exponent, int block) {
        return (long) block << exponent;
    }

    /** Returns the number of data shards of a block. */
    public static int shardCount(int blockLength, int shardSize) {
        return (blockLength + shardSize - 1) / shardSize;
    }

    /** Returns the payload length of a data shard; only the last one of a block may be short. */
    public static int shardLength(int blockLength, int shardSize, int index) {
        return Math.min(shardSize, blockLength - index * shardSize);
    }

    /**
     * Returns the largest block length, as a power of two, that a shard size can fill with at most
     * {@link WireFormat#MAX_SHARDS_PER_BLOCK} shards, and not above {@code preferred}.
     *
     * @param shardSize bytes
     * @param preferred wished exponent
     */
    public static int exponentFor(int shardSize, int preferred) {
        int exponent = preferred;
        while (exponent > WireFormat.MIN_BLOCK_EXPONENT
                && shardCount(1 << exponent, shardSize) > WireFormat.MAX_SHARDS_PER_BLOCK) {
            exponent--;
        }
        return exponent;
    }

    /**
     * Returns the smallest shard size with which a message can be expressed: large messages need large blocks, as blocks are
     * counted in 16 bits, and large blocks need large shards. A plan below it is raised to it.
     *
     * @param total bytes of the message on the wire, unsigned 32 bits
     */
    public static int minShardSize(long total) {
        int shards = WireFormat.MAX_SHARDS_PER_BLOCK;
        return Math.max(WireFormat.MIN_SHARD_BYTES, ((1 << minExponent(total)) + shards - 1) / shards);
    }

    /**
     * Returns the smallest block length, as a power of two, with which a message has no more than {@link WireFormat#MAX_BLOCKS}
     * blocks.
     *
     * @param total bytes of the message on the wire, unsigned 32 bits
     */
    public static int minExponent(long total) {
        int exponent = WireFormat.MIN_BLOCK_EXPONENT;
        while (blockCount(total, exponent) > WireFormat.MAX_BLOCKS) {
            exponent++;
        }
        return exponent;
    }

    /**
     * Returns whether the numbers of a shard header from the wire agree with each other. Data shards only: version 1 has no repair
     * shards.
     *
     * @param total bytes of the message, unsigned 32 bits
     * @param exponent block length as a power of two
     * @param block number of the block
     * @param shardSize payload bytes of every shard but the last
     * @param index number of the shard in its block
     * @param payloadLength payload bytes of this shard
     */
    public static boolean isValid(long total, int exponent, int block, int shardSize, int index, int payloadLength) {
        if (total <= WireFormat.MESSAGE_TRAILER_BYTES
                || exponent < WireFormat.MIN_BLOCK_EXPONENT
                || exponent > WireFormat.MAX_BLOCK_EXPONENT
                || shardSize < WireFormat.MIN_SHARD_BYTES
                || shardSize > WireFormat.MAX_SHARD_BYTES
                || (long) block << exponent >= total
                || blockCount(total, exponent) > WireFormat.MAX_BLOCKS) {
            return false;
        }
        int blockLength = blockLength(total, exponent, block);
        int count = shardCount(blockLength, shardSize);
        return count <= WireFormat.MAX_SHARDS_PER_BLOCK
                && index < count
                && payloadLength == shardLength(blockLength, shardSize, index);
    }
}
