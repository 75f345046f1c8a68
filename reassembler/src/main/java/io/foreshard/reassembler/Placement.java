package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts a shard that was admitted and charged into its place, and sees what follows from it. */
final class Placement {

    private final Accounts accounts;
    private final ReasonCounters<ReassemblyReason> counters;
    private final ShardStore store;
    private final MessageAssembler assembler;
    private final MessageEnds ends;
    private final Repairer repairer;
    private final MessageTimers timers;

    Placement(
            Accounts accounts,
            ReasonCounters<ReassemblyReason> counters,
            ShardStore store,
            MessageAssembler assembler,
            MessageEnds ends,
            Repairer repairer,
            MessageTimers timers) {
        this.accounts = accounts;
        this.counters = counters;
        this.store = store;
        this.assembler = assembler;
        this.ends = ends;
        this.repairer = repairer;
        this.timers = timers;
    }

    /** Returns the first bytes of a payload in a buffer that the caller owns, or null if there is no memory. */
    @Nullable
    ByteBuf stored(Arrival arrival, int length) {
        try {
            return store.store(arrival.packet(), arrival.payloadIndex(), length);
        } catch (OutOfMemoryError full) {
            // Direct memory has a limit of its own; reaching it is not the end of the application.
            counters.count(ReassemblyReason.OUT_OF_MEMORY);
            return null;
        }
    }

    /** Begins a message, or a variant of one, with its first shard. */
    ShardOutcome begin(Source source, Arrival arrival, long reservedBytes) {
        Message message = new Message(source, arrival.header(), accounts.limits(), arrival.nowNanos());
        ByteBuf shard = stored(arrival, arrival.header().payloadLength());
        if (shard == null) {
            accounts.release(source, reservedBytes);
            return ShardOutcome.DROPPED;
        }
        source.order().append(message);
        Message root = source.messages().get(message.id());
        if (root == null) {
            source.messages().put(message.id(), message);
        } else {
            root.sibling(message);
        }
        return add(message, null, null, arrival, shard);
    }

    /** Adds a shard to a message; block and generation are null if it is their first one. */
    ShardOutcome put(
            Message message,
            @Nullable Block block,
            @Nullable Generation generation,
            Arrival arrival,
            long reservedBytes) {
        ByteBuf shard = stored(arrival, arrival.header().payloadLength());
        if (shard == null) {
            accounts.release(message.source(), reservedBytes);
            return ShardOutcome.DROPPED;
        }
        return add(message, block, generation, arrival, shard);
    }

    private ShardOutcome add(
            Message message,
            @Nullable Block knownBlock,
            @Nullable Generation knownGeneration,
            Arrival arrival,
            ByteBuf shard) {
        ShardHeader header = arrival.header();
        long nowNanos = arrival.nowNanos();
        Block block = knownBlock == null ? message.newBlock(header.block()) : knownBlock;
        Generation generation =
                knownGeneration == null ? newGeneration(message, block, header, nowNanos) : knownGeneration;
        long bytes = arrival.shardBytes();
        generation.put(header.index(), shard, arrival.crc(), bytes);
        message.charge(bytes);
        message.addShard(header.payloadLength());
        message.source().addPayload(header.payloadLength());
        message.curve().onArrival(header.payloadLength(), nowNanos);
        message.deadline().add(header.deadlineMillis(), nowNanos);
        repairer.onShard(message, block, generation, header.index(), nowNanos);
        return settle(message, block, generation, nowNanos);
    }

    private Generation newGeneration(Message message, Block block, ShardHeader header, long nowNanos) {
        if (block.isUncovered()) {
            block.cover();
            message.round().onEmptyBlockFilled();
        }
        Generation generation = new Generation(header.generation(), header.shardSize(), block.length());
        message.charge(generation.chargedBytes());
        ends.supersede(message, block.admit(generation));
        repairer.onGeneration(message, block, generation, nowNanos);
        return generation;
    }

    private ShardOutcome settle(Message message, Block block, Generation generation, long nowNanos) {
        if (generation.isComplete()) {
            Generation other = block.complete(generation, generation.foldedCrc(assembler.folder()));
            ends.supersede(message, other);
            message.onBlockComplete(block);
            Chain.detach(block);
            if (message.isComplete()) {
                return finish(message, nowNanos);
            }
        }
        if (message.isRepairable()) {
            message.source().feedback().change(block);
        }
        timers.onShard(message, nowNanos);
        return ShardOutcome.ACCEPTED;
    }

    private ShardOutcome finish(Message message, long nowNanos) {
        if (assembler.isIntact(message)) {
            ends.deliver(message, nowNanos);
            return ShardOutcome.COMPLETED;
        }
        if (message.wasRefused() || !message.isRepairable()) {
            counters.count(ReassemblyReason.CHECKSUM_FAILED);
            ends.fail(message, RejectReason.CHECKSUM, nowNanos);
            return ShardOutcome.DROPPED;
        }
        counters.count(ReassemblyReason.CHECKSUM_RETRIED);
        ends.refuse(message, nowNanos);
        repairer.onRefused(message, nowNanos);
        timers.onShard(message, nowNanos);
        return ShardOutcome.ACCEPTED;
    }
}
