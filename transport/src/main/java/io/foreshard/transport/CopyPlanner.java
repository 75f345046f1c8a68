package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.WireFormat;

/**
 * Decides what leaves on a path a second time before anybody asks: repairs as the {@link RepairPolicy} says, the last shards of a message
 * as its plan says, and two empty probes behind the end of whatever was sent, which make a loss at the end as visible as one in the
 * middle (RFC 8985, section 7, without waiting for a time-out). All within {@link Redundancy}. Confined to one event loop.
 */
final class CopyPlanner {

    private static final long MAX_SPACING_NANOS = 4_000_000L;
    private static final int SPACING_SHARE_OF_RTT = 32;
    private static final int SPACING_PACKETS = 4;
    private static final int PROBES = 2;

    final CopyQueue queue = new CopyQueue();
    private final Path path;
    private final RepairPolicy policy;
    private final ReasonCounters<TransportReason> counters;
    private boolean endIsOpen;

    CopyPlanner(Path path, RepairPolicy policy, ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.policy = policy;
        this.counters = counters;
    }

    /** Takes that a shard left because it was lost; one that has arrived only reminds the receiver. */
    void onRepair(OutboundBlock block, int index, int bytes, long nowNanos) {
        onShard(bytes);
        if (block.hasArrived(index)) {
            return;
        }
        int copies = policy.copies(path.redundancy.of(block, index));
        for (int i = 1; i <= copies; i++) {
            boolean paid = path.redundancy.tryPay(bytes);
            add(paid, block, index, nowNanos + i * spacingNanos(), TransportReason.REPAIR_COPIED);
        }
    }

    /** Takes that a shard has left for the first time. */
    void onFresh(OutboundBlock block, int bytes, long nowNanos) {
        onShard(bytes);
        OutboundMessage message = block.message;
        if (message.plannedTailCopies > 0 && message.isSent()) {
            copyTail(message, nowNanos + spacingNanos());
        }
    }

    /** Stops where the budget is spent, which bounds the work whatever the plan says. */
    private void copyTail(OutboundMessage message, long atNanos) {
        int left = message.plannedTailCopies;
        for (int number = message.blockCount() - 1; number >= 0 && left > 0; number--) {
            OutboundBlock block = message.block(number);
            int copied = block == null ? 0 : copyTail(block, left, atNanos);
            left = copied == 0 ? 0 : left - copied;
        }
    }

    /** Returns how many of the last shards of a block are copied; 0 when the budget is spent. */
    private int copyTail(OutboundBlock block, int most, long atNanos) {
        int count = Math.min(most, block.shardCount());
        for (int i = 1; i <= count; i++) {
            int index = block.shardCount() - i;
            int bytes = WireFormat.SHARD_OVERHEAD_BYTES + block.payloadLength(index);
            if (!add(path.redundancy.tryPaySpare(bytes), block, index, atNanos, TransportReason.TAIL_COPIED)) {
                return 0;
            }
        }
        return count;
    }

    private boolean add(boolean paid, OutboundBlock block, int index, long atNanos, TransportReason reason) {
        if (paid) {
            queue.add(block, block.tag(index), atNanos, reason);
        } else {
            counters.count(TransportReason.COPY_WITHHELD);
        }
        return paid;
    }

    /** Takes that a copy has left. */
    void onCopy(TransportReason reason) {
        endIsOpen = true;
        counters.count(reason);
    }

    /** Takes that a probe has left. */
    void onProbe() {
        counters.count(TransportReason.TAIL_PROBED);
    }

    private void onShard(int bytes) {
        endIsOpen = true;
        path.redundancy.onSent(bytes);
    }

    /** Takes that there is nothing more to send for now; probes are worth it where packets are lost. */
    void onIdle(long nowNanos) {
        if (endIsOpen && path.redundancy.isWorthwhile()) {
            long spacing = spacingNanos();
            for (int i = 1; i <= PROBES; i++) {
                queue.addProbe((int) path.sent.nextNumber(), nowNanos + i * spacing / PROBES);
            }
        }
        endIsOpen = false;
    }

    /** Returns whether a probe still closes the end: nothing but probes has left since it was planned. */
    boolean isProbeUseful() {
        return (int) path.sent.nextNumber() - queue.tag() < PROBES && path.sent.inFlightBytes() > 0;
    }

    private long spacingNanos() {
        long ofRtt = Math.min(path.rtt.minNanos() / SPACING_SHARE_OF_RTT, MAX_SPACING_NANOS);
        long ofPace = 1_000_000_000L * SPACING_PACKETS * path.mtuBytes() / Math.max(1, path.rate.rateBytesPerSecond());
        return Math.max(ofRtt, Math.min(ofPace, path.rtt.minNanos()));
    }
}
