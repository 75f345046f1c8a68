package io.foreshard.transport;

import io.foreshard.runtime.SkillGate;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.Crc32c;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out. Owns the content until it is committed or given up. Confined to one event loop; its timer serves
 * deadline, expiry and the reminder for a missing commit.
 */
final class OutboundMessage extends TimerWheel.Timer {

    /** What happens when a message's time has come. */
    interface TimeOut {
        void onTimer(OutboundMessage message, long nowNanos);
    }

    final MessageOptions options;
    final Promise<Void> promise;
    final long total;
    private final TimeOut timeOut;
    private final int contentLength;
    private @Nullable ByteBuf content;
    private @Nullable OutboundBlock[] blocks = new OutboundBlock[0];
    private int checksum;
    private int checksummedBytes;
    private int arrivedBlocks;
    private int unsentBlock;
    long id;
    int exponent = WireFormat.DEFAULT_BLOCK_EXPONENT;
    long deadlineNanos = Long.MAX_VALUE;
    long plannedAtNanos;
    int plannedShardBytes;
    boolean plannedAggressive;
    int plannedTailCopies;
    long plannedPaceBytesPerSecond = ShardPlan.UNPACED;
    int reminders;
    int freshGenerations;
    private @Nullable SkillGate gate;
    private int decidedIn;
    private long queuedNanos;

    OutboundMessage(ByteBuf content, MessageOptions options, Promise<Void> promise, TimeOut timeOut) {
        this.content = content;
        this.contentLength = content.readableBytes();
        this.total = (long) contentLength + WireFormat.MESSAGE_TRAILER_BYTES;
        this.options = options;
        this.promise = promise;
        this.timeOut = timeOut;
    }

    @Override
    protected void onExpired(long nowNanos) {
        timeOut.onTimer(this, nowNanos);
    }

    /** Takes which gate decides on this message, to be told what came of it. */
    void judgedBy(SkillGate judge, long nowNanos) {
        gate = judge;
        decidedIn = judge.slot();
        queuedNanos = nowNanos;
    }

    /** Tells the gate how long the message took, or was waited for in vain. */
    void score(long nowNanos) {
        if (gate != null) {
            gate.score(decidedIn, (double) (nowNanos - queuedNanos));
        }
    }

    void start(long messageId, int blockExponent) {
        id = messageId;
        exponent = blockExponent;
        blocks = new OutboundBlock[BlockGeometry.blockCount(total, blockExponent)];
    }

    boolean isStarted() {
        return blocks.length > 0;
    }

    boolean isOpen() {
        return content != null;
    }

    boolean isRepairable() {
        return options.contract() != Contract.BEST_EFFORT;
    }

    ByteBuf content() {
        ByteBuf held = content;
        if (held == null) {
            throw new IllegalStateException("content: released");
        }
        return held;
    }

    int contentLength() {
        return contentLength;
    }

    @Nullable
    OutboundBlock block(int number) {
        return number < blocks.length ? blocks[number] : null;
    }

    int blockCount() {
        return blocks.length;
    }

    /** Returns the number of the first block that has unsent shards, or {@link #blockCount()}. */
    int unsentBlock() {
        while (unsentBlock < blocks.length) {
            OutboundBlock block = blocks[unsentBlock];
            if (block == null || !block.isSent()) {
                break;
            }
            unsentBlock++;
        }
        return unsentBlock;
    }

    void add(OutboundBlock block) {
        blocks[block.number] = block;
    }

    void onBlockArrived() {
        arrivedBlocks++;
    }

    /** A block that had arrived is to be sent again. */
    void onBlockRenewed(OutboundBlock block, boolean hadArrived) {
        if (hadArrived) {
            arrivedBlocks--;
        }
        unsentBlock = Math.min(unsentBlock, block.number);
    }

    void onBlockMissing() {
        arrivedBlocks--;
    }

    boolean hasArrived() {
        return isStarted() && arrivedBlocks == blocks.length;
    }

    boolean isSent() {
        return isStarted() && unsentBlock() == blocks.length;
    }

    ShardHeader fill(ShardHeader header, OutboundBlock block, int index, long nowNanos) {
        return header.message(id, total, options.trafficClass().code(), options.contract(), exponent)
                .block(block.number, block.generation(), block.shardSize())
                .shard(index, block.payloadLength(index), deadlineMillis(nowNanos));
    }

    private int deadlineMillis(long nowNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            return 0;
        }
        long left = (deadlineNanos - nowNanos + 999_999) / 1_000_000;
        return (int) Math.max(1, Math.min(left, WireFormat.MAX_DEADLINE_MILLIS));
    }

    /** Takes the checksum of a shard's payload, so that the message's needs no second pass when shards leave in order. */
    void onShardChecksum(long offset, int length, int payloadCrc) {
        if (offset == checksummedBytes && offset + length <= contentLength) {
            checksum = Crc32c.combine(checksum, payloadCrc, length);
            checksummedBytes += length;
        }
    }

    /** Returns the checksum of the content; what did not leave in order is read once more. */
    int checksum(Crc32c crc) {
        if (checksummedBytes < contentLength) {
            int rest = contentLength - checksummedBytes;
            ByteBuf held = content();
            int restCrc = crc.of(held, held.readerIndex() + checksummedBytes, rest);
            checksum = Crc32c.combine(checksum, restCrc, rest);
            checksummedBytes = contentLength;
        }
        return checksum;
    }

    /** Releases the content; the caller completes the promise. */
    void close() {
        ByteBuf held = content;
        content = null;
        if (held != null) {
            ReferenceCountUtil.safeRelease(held);
        }
    }
}
