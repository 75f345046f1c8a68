package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.WireFormat;

/** Writes what waits in a source's queue into an acknowledgement. */
final class FeedbackWriter {

    private final ReasonCounters<ReassemblyReason> counters;
    private final MessageTimers timers;

    FeedbackWriter(ReasonCounters<ReassemblyReason> counters, MessageTimers timers) {
        this.counters = counters;
        this.timers = timers;
    }

    boolean collect(Source source, AckFrame frame, long nowNanos) {
        FeedbackQueue queue = source.feedback();
        queue.onCollected();
        for (Block block = queue.firstRequest(); block != null && hasRoom(frame); block = queue.firstRequest()) {
            Chain.detach(block);
            request(source, block, frame, nowNanos);
        }
        for (Block block = queue.firstChange(); block != null && hasRoom(frame); block = queue.firstChange()) {
            Chain.detach(block);
            Generation generation = block.leading();
            if (generation != null) {
                add(block, generation, 0, generation.slots(), frame);
            }
        }
        return !queue.isEmpty();
    }

    private static boolean hasRoom(AckFrame frame) {
        return frame.blockCount() < AckFrame.MAX_BLOCKS;
    }

    private void request(Source source, Block block, AckFrame frame, long nowNanos) {
        Message message = block.message();
        Generation generation = block.leading();
        if (generation == null) {
            addEmpty(message, block, frame);
        } else {
            // What has arrived since the request was made need not be asked for.
            int limit = Repairer.limit(message, block);
            if (!generation.isMissing(limit, false)) {
                return;
            }
            add(block, generation, AckFrame.BLOCK_REPAIR, limit, frame);
            generation.request(limit);
        }
        block.repair().onRequested(nowNanos, source.path());
        counters.count(ReassemblyReason.REPAIR_REQUESTED);
        timers.armBefore(message, block.repair().dueNanos(false, source.path()));
    }

    private static void addEmpty(Message message, Block block, AckFrame frame) {
        int guess = BlockGeometry.shardCount(block.length(), message.round().shardSize());
        int shards = Math.min(guess, WireFormat.MAX_SHARDS_PER_BLOCK);
        boolean fresh = block.wantsFreshGeneration();
        int flag = fresh ? AckFrame.BLOCK_FRESH_GENERATION : AckFrame.BLOCK_REPAIR;
        frame.addBlock(message.id(), block.number(), fresh ? block.refusedGeneration() : 0, flag, shards);
    }

    private static void add(Block block, Generation generation, int flags, int limit, AckFrame frame) {
        frame.addBlock(block.message().id(), block.number(), generation.number(), flags, limit);
        for (int index = 0; index < limit; index++) {
            if (generation.has(index)) {
                frame.markShard(index);
            }
        }
    }
}
