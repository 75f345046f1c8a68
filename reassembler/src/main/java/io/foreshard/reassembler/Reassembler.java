package io.foreshard.reassembler;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from their shards, in any order, within fixed bounds.
 *
 * <p>Belongs to one event loop: all methods, and those of its sources, are called on its thread, except the counters, which any
 * thread may read. It reads no clock and starts nothing: the owner hands times in, in nanoseconds of any origin, that do not go
 * back, and calls {@link #advance} when {@link #nextTimerNanos} has come. Nothing that arrives makes it throw. A listener is
 * called synchronously and may call any method but {@link #onShard}, {@link #advance} and those of another engine's sources.
 */
public interface Reassembler {

    /** {@return a builder with the default limits} */
    static ReassemblerBuilder builder() {
        return new ReassemblerBuilder();
    }

    /**
     * Opens a source: one sender, whose message ids are apart from all others.
     *
     * @param listener is told how its messages end
     * @param validated whether the sender is known to receive what is sent to it; else it shares a small pool with all others
     *     of whom that is not known, and is never asked to repeat anything
     * @param nowNanos the time
     * @return the source, or {@code null} when there are as many as allowed, or no memory for it
     */
    @Nullable
    ShardSource open(ReassemblyListener listener, boolean validated, long nowNanos);

    /**
     * Takes a shard. Costs O(1), whatever the order in which shards arrive, but for the shard that completes its message.
     *
     * @param source where it came from
     * @param header place of the shard as validated by a {@link io.foreshard.shardcodec.PacketReader}; not kept
     * @param packet the packet; stays the caller's, who keeps its content unchanged: the engine retains a slice, or copies
     * @param payloadIndex absolute index of the payload in the packet
     * @param payloadCrc verified CRC-32C of the payload
     * @param nowNanos the time
     * @return what became of it
     */
    ShardOutcome onShard(
            ShardSource source, ShardHeader header, ByteBuf packet, int payloadIndex, int payloadCrc, long nowNanos);

    /**
     * Gives a message up because its sender did.
     *
     * @param source the sender
     * @param messageId the message
     * @param total its bytes on the wire; what was received under the same id with another total stays
     * @param nowNanos the time
     */
    void abandon(ShardSource source, long messageId, long total, long nowNanos);

    /**
     * Adds what the sender should know of its blocks to an acknowledgement: requests first, then blocks that have changed. A
     * request ({@link AckFrame#BLOCK_REPAIR}) covers the shards of its block up to the last one that counts as missing: those
     * whose bit is not set are wanted now, those beyond the bitmap are not. Of a block of which nothing has arrived, generation
     * and number of shards are guesses, and the bitmap is empty: all that was sent of it is wanted. A request with
     * {@link AckFrame#BLOCK_FRESH_GENERATION} names the generation that was refused.
     *
     * @param source whose acknowledgement it is
     * @param frame where to add blocks, as many as fit
     * @param nowNanos the time
     * @return whether more waits than fitted
     */
    boolean collectFeedback(ShardSource source, AckFrame frame, long nowNanos);

    /**
     * Fires the timers that are due: requests, deadlines, stalls.
     *
     * @param nowNanos the time
     */
    void advance(long nowNanos);

    /** {@return when to call {@link #advance} next, at the latest; {@link Long#MAX_VALUE} when nothing waits} */
    long nextTimerNanos();

    /**
     * Closes a source: releases all that it holds, tells its listener nothing. Does nothing when it is closed already.
     *
     * @param source one of this engine's
     */
    void close(ShardSource source);

    /**
     * Foretells when an unfinished message will be whole.
     *
     * @param source its sender
     * @param messageId the message
     * @param nowNanos the time
     * @return the forecast, or {@code null} when no such message is unfinished
     */
    @Nullable
    MessageProgress progress(ShardSource source, long messageId, long nowNanos);

    /**
     * Foretells when each unfinished message of a source will be whole.
     *
     * @param source the sender
     * @param nowNanos the time
     * @return one forecast per message, at most as many as the source may have open
     */
    List<MessageProgress> progress(ShardSource source, long nowNanos);

    /**
     * {@return why a message failed, or {@code null} when it is not remembered as failed} To repeat a REJECT after
     * {@link ShardOutcome#ALREADY_FAILED}.
     *
     * @param source its sender
     * @param messageId the message
     */
    @Nullable
    RejectReason failureOf(ShardSource source, long messageId);

    /** {@return the bytes held now: retained capacity and the bookkeeping around it} */
    long usedBytes();

    /** {@return the most bytes ever held} */
    long peakBytes();

    /**
     * {@return how often something happened} Any thread.
     *
     * @param reason what
     */
    long count(ReassemblyReason reason);
}
