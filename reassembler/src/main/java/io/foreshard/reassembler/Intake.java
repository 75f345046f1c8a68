package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a shard to its place: everything is checked and charged before anything is allocated. */
final class Intake {

    private final Limits limits;
    private final Accounts accounts;
    private final ReasonCounters<ReassemblyReason> counters;
    private final Evictor evictor;
    private final MessageEnds ends;
    private final Placement placement;

    Intake(
            Accounts accounts,
            ReasonCounters<ReassemblyReason> counters,
            Evictor evictor,
            MessageEnds ends,
            Placement placement) {
        this.limits = accounts.limits();
        this.accounts = accounts;
        this.counters = counters;
        this.evictor = evictor;
        this.ends = ends;
        this.placement = placement;
    }

    ShardOutcome onShard(Source source, Arrival arrival) {
        ShardHeader header = arrival.header();
        FinishedMessages.Ending ending = source.finished().get(header.messageId());
        if (ending != null && ending.covers(header.total())) {
            return late(ending);
        }
        if (header.total() > limits.maxTotal()) {
            return tooLarge(source, arrival);
        }
        Message root = source.messages().get(header.messageId());
        if (root == null && arrival.isWholeMessage()) {
            return deliverAtOnce(source, arrival);
        }
        Message message = root;
        while (message != null && !message.matches(header)) {
            message = message.sibling();
        }
        return message == null ? begin(source, root, arrival) : intoMessage(message, arrival);
    }

    private ShardOutcome late(FinishedMessages.Ending ending) {
        if (ending.isDelivered()) {
            counters.count(ReassemblyReason.LATE_AFTER_DELIVERY);
            return ShardOutcome.ALREADY_DELIVERED;
        }
        counters.count(ReassemblyReason.LATE_AFTER_FAILURE);
        return ShardOutcome.ALREADY_FAILED;
    }

    /** Fails once, so that the sender is told; a message of the same id that is not too large goes on. */
    private ShardOutcome tooLarge(Source source, Arrival arrival) {
        counters.count(ReassemblyReason.TOO_LARGE);
        ShardHeader header = arrival.header();
        if (source.messages().get(header.messageId()) == null) {
            HoleMap.Hole all = new HoleMap.Hole(0, header.total() - WireFormat.MESSAGE_TRAILER_BYTES);
            MessageInfo info = infoOf(header, 0, arrival.nowNanos());
            ends.failed(
                    source, new MessageFailure(info, RejectReason.TOO_LARGE, new HoleMap(List.of(all), true), null));
        }
        return ShardOutcome.DROPPED;
    }

    private static MessageInfo infoOf(ShardHeader header, int shards, long nowNanos) {
        return new MessageInfo(
                header.messageId(),
                header.total(),
                TrafficClass.ofCode(header.trafficClass()),
                header.contract(),
                nowNanos,
                nowNanos,
                shards);
    }

    /** A message in one shard needs neither entry nor timer. */
    private ShardOutcome deliverAtOnce(Source source, Arrival arrival) {
        ShardHeader header = arrival.header();
        ByteBuf content = placement.stored(arrival, header.payloadLength() - WireFormat.MESSAGE_TRAILER_BYTES);
        if (content == null) {
            return ShardOutcome.DROPPED;
        }
        ends.delivered(source, infoOf(header, 1, arrival.nowNanos()), content);
        return ShardOutcome.COMPLETED;
    }

    private ShardOutcome begin(Source source, @Nullable Message root, Arrival arrival) {
        if (!arrival.isConsistent()) {
            return dropped(ReassemblyReason.BAD_GEOMETRY);
        }
        if (root != null && !admitsVariant(root, arrival.header())) {
            return dropped(ReassemblyReason.CONTRADICTORY);
        }
        Message other = source.messages().get(arrival.header().messageId());
        if (source.heldMessages() >= limits.maxMessagesPerSource()
                && !evictor.evictOwn(source, other, arrival.nowNanos())) {
            return dropped(ReassemblyReason.MESSAGE_QUOTA);
        }
        long bytes = Message.OVERHEAD_BYTES + Block.OVERHEAD_BYTES + arrival.generationBytes() + arrival.shardBytes();
        if (!reserve(source, other, arrival, bytes)) {
            return ShardOutcome.DROPPED;
        }
        return placement.begin(source, arrival, bytes);
    }

    /** Two variants at most; one may be replaced as long as a single shard is all that speaks for it. */
    private boolean admitsVariant(Message root, ShardHeader header) {
        Message sibling = root.sibling();
        if (sibling == null) {
            // A lone shard that calls itself the whole message does not outdo several that agree.
            return root.shards() <= 1 || header.payloadLength() < header.total();
        }
        Message lone = sibling.shards() <= 1 ? sibling : root;
        if (lone.shards() > 1) {
            return false;
        }
        ends.dropVariant(lone);
        return true;
    }

    /** Takes bytes for a shard: first its source's quota, then the budget. */
    private boolean reserve(Source source, @Nullable Message message, Arrival arrival, long bytes) {
        int payload = arrival.header().payloadLength();
        while (source.payloadBytes() + payload > limits.payloadLimit()
                || source.messageBytes() + bytes > limits.chargeLimit()) {
            if (!evictor.evictOwn(source, message, arrival.nowNanos())) {
                counters.count(ReassemblyReason.SOURCE_QUOTA);
                return false;
            }
        }
        return evictor.reserve(source, message, bytes, arrival.nowNanos());
    }

    private ShardOutcome dropped(ReassemblyReason reason) {
        counters.count(reason);
        return ShardOutcome.DROPPED;
    }

    private ShardOutcome intoMessage(Message message, Arrival arrival) {
        ShardHeader header = arrival.header();
        Block block = message.blocks().get(header.block());
        Generation generation = block == null ? null : block.find(header);
        if (generation == null) {
            return intoNewGeneration(message, block, arrival);
        }
        if (!generation.fits(header)) {
            return dropped(ReassemblyReason.BAD_GEOMETRY);
        }
        if (generation.has(header.index())) {
            return repeated(generation.crc(header.index()) == arrival.crc());
        }
        return place(message, block, generation, arrival, arrival.shardBytes());
    }

    private ShardOutcome repeated(boolean same) {
        if (same) {
            counters.count(ReassemblyReason.DUPLICATE);
            return ShardOutcome.DUPLICATE;
        }
        return dropped(ReassemblyReason.CONFLICT);
    }

    private ShardOutcome intoNewGeneration(Message message, @Nullable Block block, Arrival arrival) {
        int generation = arrival.header().generation();
        if (block != null && block.isComplete()) {
            return outlived(block, generation);
        }
        if (!arrival.isConsistent()) {
            return dropped(ReassemblyReason.BAD_GEOMETRY);
        }
        if (block != null && !block.admits(generation)) {
            return dropped(ReassemblyReason.STALE_GENERATION);
        }
        long blockBytes = block == null ? Block.OVERHEAD_BYTES : 0;
        return place(message, block, null, arrival, blockBytes + arrival.generationBytes() + arrival.shardBytes());
    }

    private ShardOutcome outlived(Block block, int generation) {
        Generation whole = block.held();
        if (whole != null && !Generation.isNewer(generation, whole.number())) {
            counters.count(ReassemblyReason.STALE_GENERATION);
        }
        return ShardOutcome.DUPLICATE;
    }

    private ShardOutcome place(
            Message message, @Nullable Block block, @Nullable Generation generation, Arrival arrival, long bytes) {
        Source source = message.source();
        if (!reserve(source, message, arrival, bytes)) {
            return ShardOutcome.DROPPED;
        }
        if (message.isClosed()) {
            // A listener that was told of an eviction has ended this message too.
            accounts.release(source, bytes);
            return ShardOutcome.DROPPED;
        }
        return placement.put(message, block, generation, arrival, bytes);
    }
}
