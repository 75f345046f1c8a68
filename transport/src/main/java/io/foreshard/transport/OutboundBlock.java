package io.foreshard.transport;

import io.foreshard.shardcodec.BlockGeometry;

/**
 * One block of a message on its way out: which shards of its current generation were sent, as which packet, and which have
 * arrived. Confined to one event loop.
 */
final class OutboundBlock {

    private static final int BITMAP_WORDS = 4;
    private static final int MAX_GENERATION = 0xFF;

    final OutboundMessage message;
    final int number;
    final int length;
    private final long[] arrived = new long[BITMAP_WORDS];
    private final long[] repair = new long[BITMAP_WORDS];
    private int[] packetNumbers;
    private byte[] pathIds;
    private byte[] losses;
    private int generation;
    private int shardSize;
    private int count;
    private int sent;
    private int arrivedCount;
    private int repairCount;
    private boolean aggressive;
    /** Whether the block waits in the sender's repair queue. */
    boolean queuedForRepair;

    OutboundBlock(OutboundMessage message, int number, int shardSize, boolean aggressive) {
        this.message = message;
        this.number = number;
        this.length = BlockGeometry.blockLength(message.total, message.exponent, number);
        this.shardSize = shardSize;
        this.aggressive = aggressive;
        this.count = BlockGeometry.shardCount(length, shardSize);
        this.packetNumbers = new int[count];
        this.pathIds = new byte[count];
        this.losses = new byte[count];
    }

    /**
     * Starts a new generation, of which nothing was sent.
     *
     * @return false when the block has used up its generations
     */
    boolean renew(int newShardSize, boolean nowAggressive) {
        if (generation == MAX_GENERATION) {
            return false;
        }
        generation++;
        shardSize = newShardSize;
        aggressive = nowAggressive;
        count = BlockGeometry.shardCount(length, newShardSize);
        packetNumbers = new int[count];
        pathIds = new byte[count];
        losses = new byte[count];
        sent = 0;
        arrivedCount = 0;
        repairCount = 0;
        for (int word = 0; word < BITMAP_WORDS; word++) {
            arrived[word] = 0;
            repair[word] = 0;
        }
        return true;
    }

    int generation() {
        return generation;
    }

    int shardSize() {
        return shardSize;
    }

    int shardCount() {
        return count;
    }

    boolean isAggressive() {
        return aggressive;
    }

    int payloadLength(int index) {
        return BlockGeometry.shardLength(length, shardSize, index);
    }

    long offset(int index) {
        return BlockGeometry.blockOffset(message.exponent, number) + (long) index * shardSize;
    }

    /** Returns the first shard never sent in this generation, or {@link #shardCount()}. */
    int nextUnsent() {
        return sent;
    }

    boolean isSent() {
        return sent == count;
    }

    boolean hasArrived() {
        return arrivedCount == count;
    }

    boolean hasArrived(int index) {
        return (arrived[index >>> 6] & 1L << (index & 63)) != 0;
    }

    void onSent(int index, int pathId, long packetNumber) {
        packetNumbers[index] = (int) packetNumber;
        pathIds[index] = (byte) pathId;
        sent = Math.max(sent, index + 1);
        clearRepair(index);
    }

    /** Returns shard and generation in one number, as remembered with a packet. */
    int tag(int index) {
        return (generation << 8) | index;
    }

    /** Returns whether a {@link #tag} is of the current generation. */
    boolean isCurrent(int tag) {
        return tag >>> 8 == generation;
    }

    static int indexOf(int tag) {
        return tag & 0xFF;
    }

    /** Returns whether a packet was the last one that carried a shard. */
    boolean wasLastSentAs(int index, int pathId, long packetNumber) {
        return index < sent && packetNumbers[index] == (int) packetNumber && pathId(index) == pathId;
    }

    /** Returns the path that a shard last left on. */
    int pathId(int index) {
        return pathIds[index] & 0xFF;
    }

    int packetNumber(int index) {
        return packetNumbers[index];
    }

    /** Marks a shard as arrived; returns whether the block is now there whole. */
    boolean onArrived(int index) {
        if (!hasArrived(index)) {
            arrived[index >>> 6] |= 1L << (index & 63);
            arrivedCount++;
            clearRepair(index);
        }
        return hasArrived();
    }

    void onMissing(int index) {
        if (hasArrived(index)) {
            arrived[index >>> 6] &= ~(1L << (index & 63));
            arrivedCount--;
        }
    }

    /** Returns whether the shard was not marked before. */
    boolean markForRepair(int index) {
        long bit = 1L << (index & 63);
        if ((repair[index >>> 6] & bit) != 0) {
            return false;
        }
        repair[index >>> 6] |= bit;
        repairCount++;
        if (losses[index] < Byte.MAX_VALUE) {
            losses[index]++;
        }
        return true;
    }

    /** Returns how often a shard had to be repaired so far, the repair that is due included. */
    int round(int index) {
        return losses[index];
    }

    private void clearRepair(int index) {
        long bit = 1L << (index & 63);
        if ((repair[index >>> 6] & bit) != 0) {
            repair[index >>> 6] &= ~bit;
            repairCount--;
        }
    }

    /** Returns the first shard to be repaired, or -1. */
    int nextRepair() {
        if (repairCount == 0) {
            return -1;
        }
        for (int word = 0; word < BITMAP_WORDS; word++) {
            if (repair[word] != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(repair[word]);
            }
        }
        return -1;
    }
}
