package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;

/**
 * The 24 bytes that place a shard in its message. A flyweight that is filled from a packet or by the sender level by level
 * (message, block, shard) and reused; confined to one event loop.
 */
public final class ShardHeader {

    private long messageId;
    private long total;
    private int block;
    private int generation;
    private int index;
    private int shardSize;
    private int payloadLength;
    private int classAndContract;
    private int blockExponent;
    private int deadlineMillis;

    /** Makes an empty header. */
    public ShardHeader() {}

    /**
     * Sets what all shards of a message share.
     *
     * @param messageId any 64 bits
     * @param total bytes of the message with its trailer, unsigned 32 bits
     * @param trafficClass 0…15
     * @param contract what the message was promised
     * @param blockExponent block length as a power of two
     * @return this
     */
    public ShardHeader message(long messageId, long total, int trafficClass, Contract contract, int blockExponent) {
        this.messageId = messageId;
        this.total = total;
        this.classAndContract = trafficClass << 4 | contract.code();
        this.blockExponent = blockExponent;
        return this;
    }

    /**
     * Sets what all shards of one generation of a block share.
     *
     * @param block number of the block, 16 bits
     * @param generation number of the generation, 8 bits
     * @param shardSize payload bytes of every shard but the last
     * @return this
     */
    public ShardHeader block(int block, int generation, int shardSize) {
        this.block = block;
        this.generation = generation;
        this.shardSize = shardSize;
        return this;
    }

    /**
     * Sets what is this shard's own.
     *
     * @param index number of the shard in its block, 8 bits
     * @param payloadLength payload bytes, 16 bits
     * @param deadlineMillis milliseconds left, rounded up, 0 for no deadline; more than
     *     {@link WireFormat#MAX_DEADLINE_MILLIS} is sent as that
     * @return this
     */
    public ShardHeader shard(int index, int payloadLength, int deadlineMillis) {
        this.index = index;
        this.payloadLength = payloadLength;
        this.deadlineMillis = Math.min(deadlineMillis, WireFormat.MAX_DEADLINE_MILLIS);
        return this;
    }

    void write(ByteBuf out) {
        out.writeLong(messageId);
        out.writeInt((int) total);
        out.writeShort(block);
        out.writeByte(generation);
        out.writeByte(index);
        out.writeShort(shardSize);
        out.writeShort(payloadLength);
        out.writeByte(classAndContract);
        out.writeByte(blockExponent);
        out.writeShort(deadlineMillis);
    }

    void read(ByteBuf in, int at) {
        messageId = in.getLong(at);
        total = in.getUnsignedInt(at + 8);
        block = in.getUnsignedShort(at + 12);
        generation = in.getUnsignedByte(at + 14);
        index = in.getUnsignedByte(at + 15);
        shardSize = in.getUnsignedShort(at + 16);
        payloadLength = in.getUnsignedShort(at + 18);
        classAndContract = in.getUnsignedByte(at + 20);
        blockExponent = in.getUnsignedByte(at + 21);
        deadlineMillis = in.getUnsignedShort(at + 22);
    }

    boolean isValid() {
        return Contract.ofCode(classAndContract & 0x0F) != null
                && BlockGeometry.isValid(total, blockExponent, block, shardSize, index, payloadLength);
    }

    /** Returns the message that the shard belongs to; unique within the session for its lifetime. */
    public long messageId() {
        return messageId;
    }

    /** Returns the bytes of the message on the wire, trailer included; unsigned 32 bits. */
    public long total() {
        return total;
    }

    /** Returns the number of the block. */
    public int block() {
        return block;
    }

    /** Returns the generation of the block: a newer one replaces an older one whole. */
    public int generation() {
        return generation;
    }

    /** Returns the number of the shard in its block. */
    public int index() {
        return index;
    }

    /** Returns the payload bytes of every shard of this generation but the last. */
    public int shardSize() {
        return shardSize;
    }

    /** Returns the payload bytes of this shard. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Returns the traffic class, 0…15. */
    public int trafficClass() {
        return classAndContract >>> 4;
    }

    /** Returns what the message was promised. */
    public Contract contract() {
        Contract contract = Contract.ofCode(classAndContract & 0x0F);
        return contract == null ? Contract.BEST_EFFORT : contract;
    }

    /** Returns the block length as a power of two. */
    public int blockExponent() {
        return blockExponent;
    }

    /** Returns the milliseconds that were left when the shard was sent; 0 means that the message has no deadline. */
    public int deadlineMillis() {
        return deadlineMillis;
    }
}
