package io.foreshard.transport;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Shards to be sent again, block by block in the order in which the blocks were found damaged. Confined to one event loop. */
final class RepairQueue {

    private final ArrayDeque<OutboundBlock> blocks = new ArrayDeque<>();

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    void add(OutboundBlock block, int index) {
        if (block.message.isOpen() && block.markForRepair(index) && !block.queuedForRepair) {
            block.queuedForRepair = true;
            blocks.add(block);
        }
    }

    /** Returns the block whose {@link OutboundBlock#nextRepair} is to leave next, or {@code null}. */
    @Nullable
    OutboundBlock next() {
        for (OutboundBlock block = blocks.peek(); block != null; block = blocks.peek()) {
            if (block.message.isOpen() && block.nextRepair() >= 0) {
                return block;
            }
            block.queuedForRepair = false;
            blocks.poll();
        }
        return null;
    }

    /** Sees to it that there is a shard to probe with: the newest in flight that is not known to have arrived. */
    boolean addProbe(SentPackets sent) {
        if (next() != null) {
            return true;
        }
        for (long number = sent.nextNumber() - 1; number >= sent.oldestNumber(); number--) {
            OutboundBlock block = sent.state(number) == SentPackets.IN_FLIGHT ? sent.block(number) : null;
            if (block == null || !block.message.isOpen() || !block.message.isRepairable()) {
                continue;
            }
            int tag = sent.shard(number);
            if (block.isCurrent(tag) && !block.hasArrived(OutboundBlock.indexOf(tag))) {
                add(block, OutboundBlock.indexOf(tag));
                return true;
            }
        }
        return false;
    }

    void clear() {
        blocks.clear();
    }
}
