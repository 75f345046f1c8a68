package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import org.jspecify.annotations.Nullable;

/**
 * Decides which blocks of which messages to ask for, and when. Every call costs O(1): it looks at a bounded number of blocks and
 * leaves the others to the next one.
 */
final class Repairer {

    private static final int BLOCKS_PER_LOOK = 16;
    private static final long NEXT_LOOK_NANOS = 1_000_000L;

    private final Accounts accounts;
    private final ReasonCounters<ReassemblyReason> counters;

    Repairer(Accounts accounts, ReasonCounters<ReassemblyReason> counters) {
        this.accounts = accounts;
        this.counters = counters;
    }

    /** Takes note of a new shard. */
    void onShard(Message message, Block block, Generation generation, int index, long nowNanos) {
        PathEstimate path = message.source().path();
        message.round().onArrival(generation.shardSize());
        if (message.isRepairable()) {
            noteAnswer(path, block, generation, index, nowNanos);
        }
        int position = ArrivalOrder.position(block.number(), index);
        int following = index + 1 < generation.slots() ? position + 1 : ArrivalOrder.position(block.number() + 1, 0);
        if (message.order().add(position, following, path.packetThreshold(), nowNanos)) {
            onBorderMoved(message, nowNanos);
        }
    }

    private void noteAnswer(PathEstimate path, Block block, Generation generation, int index, long nowNanos) {
        RepairState repair = block.repair();
        if (!repair.wasRequested() || !generation.wasRequested(index) || generation.isAwaited()) {
            return;
        }
        if (repair.isTooSoonForAnswer(nowNanos, path)) {
            counters.count(ReassemblyReason.SPURIOUS_REPAIR);
            path.onReordering();
        } else {
            path.onAnswer();
            repair.onAnswered();
        }
    }

    /** Takes note of a generation that has just begun, behind the border of what is missing. */
    void onGeneration(Message message, Block block, Generation generation, long nowNanos) {
        boolean behind = block.number() < borderBlock(message);
        if (behind || block.repair().wasRequested() || block.refusedGeneration() >= 0) {
            generation.await();
            block.repair().onAwaited(nowNanos);
        }
    }

    private void onBorderMoved(Message message, long nowNanos) {
        RepairRound round = message.round();
        int before = round.borderBlock();
        int now = borderBlock(message);
        round.borderBlock(now);
        boolean gap = look(message, message.blocks().get(now), nowNanos);
        if (now != before) {
            gap |= look(message, message.blocks().get(before), nowNanos);
        }
        if (now - before > 1 || round.unseenBelow() < now) {
            uncover(message, now);
            gap |= round.unseenBelow() < now || round.emptyBlocks() > 0;
            round.dueNanos(Math.min(round.dueNanos(), nowNanos));
        }
        round.gaps(gap || (round.hasGaps() && message.blocks().incompleteSize() > 1));
    }

    /** Looks whether a block, null for one that is not there, is to be asked for, and returns whether something is missing. */
    private boolean look(Message message, @Nullable Block block, long nowNanos) {
        if (block == null || block.isComplete()) {
            return false;
        }
        long dueNanos = requestNanos(message, block);
        if (dueNanos == Long.MAX_VALUE) {
            return false;
        }
        if (dueNanos > nowNanos) {
            message.round().dueNanos(Math.min(message.round().dueNanos(), dueNanos));
        } else if (message.isRepairable()) {
            message.source().feedback().request(block);
        }
        return true;
    }

    /** Returns when a block may be asked for, {@link Long#MAX_VALUE} if nothing of it counts as missing. */
    private static long requestNanos(Message message, Block block) {
        PathEstimate path = message.source().path();
        Generation generation = block.leading();
        int limit = limit(message, block);
        if (limit == 0 || (generation != null && !generation.isMissing(limit, false))) {
            return Long.MAX_VALUE;
        }
        long repeatNanos = block.repair().dueNanos(false, path);
        if (generation == null || !generation.isMissing(limit, true)) {
            return repeatNanos;
        }
        return Math.min(repeatNanos, block.repair().dueNanos(true, path));
    }

    /** Returns below which index the missing shards of a block count as missing. */
    static int limit(Message message, Block block) {
        Generation generation = block.leading();
        int slots = generation == null ? 1 : generation.slots();
        int border = message.order().lostBelow();
        if (message.round().isTail() || block.wantsFreshGeneration() || block.number() < border >>> 8) {
            return slots;
        }
        return block.number() > border >>> 8 ? 0 : Math.min(slots, border & 0xFF);
    }

    /** Makes room for blocks of which nothing has arrived, below a number: at most as many as there are others, plus one. */
    private void uncover(Message message, int below) {
        RepairRound round = message.round();
        for (int looks = 0; looks < BLOCKS_PER_LOOK && round.unseenBelow() < below; looks++) {
            if (message.blocks().get(round.unseenBelow()) == null && !addEmptyBlock(message, round)) {
                return;
            }
            round.advanceUnseen();
        }
    }

    private boolean addEmptyBlock(Message message, RepairRound round) {
        int filled = message.blocks().size() - round.emptyBlocks();
        if (!message.isRepairable()
                || round.emptyBlocks() > filled
                || !accounts.tryReserve(message.source(), Block.OVERHEAD_BYTES)) {
            return false;
        }
        message.newBlock(round.unseenBelow()).uncover();
        round.onEmptyBlock();
        return true;
    }

    /** Moves the border and the tail with the time, and looks at some of the incomplete blocks. */
    void onTimer(Message message, long nowNanos) {
        PathEstimate path = message.source().path();
        RepairRound round = message.round();
        message.order().expire(nowNanos, path.timeThresholdNanos());
        int below = borderBlock(message);
        if (nowNanos >= round.tailNanos(message.curve(), path)) {
            round.onTailRequest(nowNanos);
            below = message.blockCount();
        }
        uncover(message, below);
        lookAtSome(message, nowNanos);
    }

    /** Asks for new generations of all blocks, those that do not fit at the next timers. */
    void onRefused(Message message, long nowNanos) {
        lookAtSome(message, nowNanos);
    }

    private void lookAtSome(Message message, long nowNanos) {
        RepairRound round = message.round();
        BlockTable blocks = message.blocks();
        round.dueNanos(Long.MAX_VALUE);
        boolean gaps = false;
        int looks = Math.min(BLOCKS_PER_LOOK, blocks.incompleteSize());
        for (int i = 0; i < looks; i++) {
            gaps |= look(message, blocks.incomplete(round.next(blocks.incompleteSize())), nowNanos);
        }
        round.gaps(gaps);
        if (looks < blocks.incompleteSize()) {
            round.dueNanos(Math.min(round.dueNanos(), nowNanos + NEXT_LOOK_NANOS));
        }
    }

    /** Returns when {@link #onTimer} is needed next. */
    long nextNanos(Message message, long nowNanos) {
        PathEstimate path = message.source().path();
        if (!message.isRepairable()) {
            return message.awaitsValidation() ? nowNanos + path.ptoNanos() : Long.MAX_VALUE;
        }
        long borderNanos = message.order().timedNanos(path.timeThresholdNanos());
        long tailNanos = message.round().tailNanos(message.curve(), path);
        return Math.min(Math.min(borderNanos, tailNanos), message.round().dueNanos());
    }

    private static int borderBlock(Message message) {
        return message.order().lostBelow() >>> 8;
    }
}
