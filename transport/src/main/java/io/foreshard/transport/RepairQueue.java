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

    void clear() {
        blocks.clear();
    }
}
