package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.RejectReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Ends messages: takes them off every list, gives their memory back, remembers them, and tells the listener last. */
final class MessageEnds {

    private final Limits limits;
    private final Accounts accounts;
    private final TimerWheel wheel;
    private final ReasonCounters<ReassemblyReason> counters;
    private final MessageAssembler assembler;

    MessageEnds(
            Limits limits,
            Accounts accounts,
            TimerWheel wheel,
            ReasonCounters<ReassemblyReason> counters,
            MessageAssembler assembler) {
        this.limits = limits;
        this.accounts = accounts;
        this.wheel = wheel;
        this.counters = counters;
        this.assembler = assembler;
    }

    /** Ends a message that is whole and whose checksum holds, and all that contradicts it. */
    void deliver(Message message, long nowNanos) {
        Source source = message.source();
        MessageInfo info = message.info(nowNanos);
        if (message.curve().bytesPerNano() > 0) {
            source.path().onRate(message.curve().bytesPerNano());
        }
        ByteBuf content = assembler.assemble(message);
        closeAll(message);
        delivered(source, info, content);
    }

    /** Remembers a message as delivered and hands it to the listener. */
    void delivered(Source source, MessageInfo info, ByteBuf content) {
        DeliveredIds delivered = source.finished().delivered();
        accounts.growMemory(source, delivered);
        delivered.add(info.messageId());
        try {
            source.listener().onMessage(source, info, content);
        } catch (RuntimeException | LinkageError failure) {
            counters.count(ReassemblyReason.LISTENER_FAILED);
        }
    }

    /** Gives a message up. If a contradicting variant of it is left, that one goes on and nobody is told. */
    void fail(Message message, RejectReason reason, long nowNanos) {
        Source source = message.source();
        if (detachVariant(message)) {
            counters.count(ReassemblyReason.VARIANT_DROPPED);
            close(message);
            return;
        }
        MessageInfo info = message.info(nowNanos);
        HoleMap holes = HoleMapper.holesOf(message);
        ByteBuf partial = limits.deliverPartial() ? assembler.assemblePartial(message) : null;
        close(message);
        failed(source, new MessageFailure(info, reason, holes, partial));
    }

    /** Remembers a message as failed and tells the listener. */
    void failed(Source source, MessageFailure failure) {
        MessageInfo info = failure.info();
        remember(source, info.messageId(), failure.reason(), info.totalBytes());
        try {
            source.listener().onFailure(source, failure);
        } catch (RuntimeException | LinkageError thrown) {
            counters.count(ReassemblyReason.LISTENER_FAILED);
        }
    }

    void remember(Source source, long messageId, RejectReason reason, long total) {
        FailedMessages failed = source.finished().failed();
        accounts.growMemory(source, failed);
        failed.add(messageId, reason, total);
    }

    /** Takes one of two variants away from the other, and returns false if it was the only one. */
    private static boolean detachVariant(Message message) {
        Source source = message.source();
        Message root = source.messages().get(message.id());
        if (root != null && root != message) {
            root.sibling(null);
            return true;
        }
        Message sibling = message.sibling();
        if (sibling == null) {
            source.messages().remove(message.id());
            return false;
        }
        source.messages().put(message.id(), sibling);
        return true;
    }

    private void closeAll(Message message) {
        Message root = message.source().messages().remove(message.id());
        for (Message variant = root; variant != null; variant = variant.sibling()) {
            if (variant != message) {
                counters.count(ReassemblyReason.SUPERSEDED, variant.shards());
            }
            close(variant);
        }
    }

    /** Drops one of two variants without a word. */
    void dropVariant(Message message) {
        counters.count(ReassemblyReason.VARIANT_DROPPED);
        detachVariant(message);
        close(message);
    }

    /** Releases all that a message holds; the map of its source is the caller's business. */
    void close(Message message) {
        message.close();
        wheel.cancel(message.timer());
        Chain.detach(message);
        for (Block block : message.blocks().sorted()) {
            Chain.detach(block);
            block.release();
        }
        Source source = message.source();
        source.addPayload(-message.payloadBytes());
        accounts.release(source, message.chargedBytes());
    }

    /** Releases all that a source holds. */
    void closeSource(Source source) {
        for (Message message = source.order().first();
                message != null;
                message = source.order().first()) {
            close(message);
        }
        source.messages().clear();
        accounts.unrank(source);
        accounts.close(source);
        source.finished().clear();
        source.close();
    }

    /** Refuses all shards of a message whose checksum does not hold, and starts to wait for new generations. */
    void refuse(Message message, long nowNanos) {
        long freed = 0;
        for (Block block : message.blocks().sorted()) {
            Generation whole = block.refuse();
            if (whole != null) {
                freed += whole.chargedBytes();
                whole.release();
            }
            message.blocks().addIncomplete(block);
        }
        Source source = message.source();
        source.addPayload(-message.payloadBytes());
        message.removeShards(message.shards(), message.payloadBytes());
        message.charge(-freed);
        accounts.release(source, freed);
        message.onRefused(nowNanos);
    }

    /** Releases a generation that another one has replaced. */
    void supersede(Message message, @Nullable Generation generation) {
        if (generation == null) {
            return;
        }
        counters.count(ReassemblyReason.SUPERSEDED, generation.count());
        Source source = message.source();
        message.removeShards(generation.count(), generation.payloadBytes());
        message.charge(-generation.chargedBytes());
        source.addPayload(-generation.payloadBytes());
        accounts.release(source, generation.chargedBytes());
        generation.release();
    }
}
