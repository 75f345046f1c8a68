package io.foreshard.transport;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.spi.Carrier;

/**
 * What a receiver says of single blocks: which shards it has, which it wants again, and whether it wants the block anew. Packet numbers
 * tell what the network lost; only these bitmaps tell what a receiver did not keep. Confined to one event loop.
 */
final class ReceiverFeedback {

    private final SessionPaths paths;
    private final MessageSender sender;
    private final SendQueues queues;

    ReceiverFeedback(SessionPaths paths, MessageSender sender, SendQueues queues) {
        this.paths = paths;
        this.sender = sender;
        this.queues = queues;
    }

    /** Takes one block of an acknowledgement. */
    void onBlock(AckFrame frame, int i, OutboundBlock block, long nowNanos) {
        if (block.generation() == frame.blockGeneration(i)) {
            onBitmap(frame, i, block, nowNanos);
        } else if (frame.wantsRepair(i) && block.hasArrived()) {
            onOtherGeneration(block, nowNanos);
        }
    }

    /** What was acknowledged as packets was not kept: the receiver still asks for a generation that is no longer sent. */
    private void onOtherGeneration(OutboundBlock block, long nowNanos) {
        for (int index = 0; index < block.shardCount(); index++) {
            if (block.message.isRepairable() && isOverdue(block, index, nowNanos)) {
                repairRequested(block, index);
            }
        }
    }

    private void onBitmap(AckFrame frame, int i, OutboundBlock block, long nowNanos) {
        if (frame.wantsFreshGeneration(i)) {
            sender.freshGeneration(block, nowNanos);
            return;
        }
        int known = Math.min(frame.blockShards(i), block.nextUnsent());
        for (int index = 0; index < known; index++) {
            if (frame.hasShard(i, index)) {
                sender.markArrived(block, index, nowNanos);
            } else if (frame.wantsRepair(i) && block.message.isRepairable() && isOverdue(block, index, nowNanos)) {
                repairRequested(block, index);
            }
        }
    }

    /** A request can cross the repair on its way: believed only when the last copy has been overtaken or is a round trip old. */
    private boolean isOverdue(OutboundBlock block, int index, long nowNanos) {
        SessionPath lastLeftOn = paths.find(block.pathId(index));
        if (lastLeftOn == null) {
            return true;
        }
        Path path = lastLeftOn.path;
        long number = path.sent.nextNumber() - (path.sent.nextNumber() - block.packetNumber(index) & 0xFFFFFFFFL);
        if (number < 0) {
            return true;
        }
        if (!path.sent.contains(number) || path.sent.state(number) != SentPackets.IN_FLIGHT) {
            return path.loss.isOvertaken(block.packetNumber(index));
        }
        if (path.carrier == Carrier.STREAM) {
            askOnOtherConnections(lastLeftOn, number);
            return false;
        }
        return nowNanos - path.sent.sentNanos(number) > path.rtt.lossDelayNanos();
    }

    /** A repeated shard would only queue behind the first on the one connection that there is. */
    private void askOnOtherConnections(SessionPath lastLeftOn, long number) {
        if (paths.count() > 1) {
            lastLeftOn.overtaken.add(number);
        }
    }

    private void repairRequested(OutboundBlock block, int index) {
        if (block.hasArrived()) {
            block.message.onBlockMissing();
        }
        block.onMissing(index);
        queues.repair(block, index);
    }
}
