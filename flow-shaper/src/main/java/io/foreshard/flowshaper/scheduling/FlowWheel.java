package io.foreshard.flowshaper.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flows in the order of their ticks, first in, first out within one: a hierarchical timing wheel with a bitmap for each level, so the
 * next flow is found without walking over empty slots.
 *
 * <p>A tick is read as eleven digits of six bits. A flow stands on the level of the highest digit in which its tick differs from the
 * wheel's own, in the slot that this digit names; when the wheel gets there, the flows of the slot move to lower levels. The flows of
 * a slot are listed in {@link FlowChunk}s and not linked: a processor that walks over a list waits for each flow before it knows the
 * next one.
 *
 * @see <a href="https://doi.org/10.1145/37499.37504">Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987</a>
 * @see <a href="https://arxiv.org/abs/1810.03060">Saeed et al., "Eiffel: efficient and flexible software packet scheduling", 2019</a>
 */
final class FlowWheel {

    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int LEVELS = 11;

    private final long[] bitmaps = new long[LEVELS];
    private final @Nullable Level[] levels = new Level[LEVELS];
    private @Nullable FlowChunk unused;
    private long now;
    private int size;

    FlowWheel(long startTick) {
        this.now = startTick;
    }

    private static final class Level {
        final @Nullable FlowChunk[] heads = new FlowChunk[SLOTS];
        final @Nullable FlowChunk[] tails = new FlowChunk[SLOTS];
    }

    int size() {
        return size;
    }

    /** Returns the wheel's own tick: that of the flow that was removed last. */
    long nowTick() {
        return now;
    }

    /** Adds a flow that stands in no wheel, at a tick that is not negative; one that has passed counts as the wheel's own. */
    void add(Flow flow, long tick) {
        place(flow, Math.max(tick, now));
        size++;
    }

    /** Removes and returns the first flow, if its tick is not after a limit. */
    @Nullable
    Flow poll(long limitTick) {
        for (int index = lowestLevel(); index < LEVELS; index = lowestLevel()) {
            long tick = firstTickOf(index);
            if (tick > limitTick) {
                return null;
            }
            now = tick;
            int slot = Long.numberOfTrailingZeros(bitmaps[index]);
            if (index == 0) {
                size--;
                return removeFirst(levels[0], slot);
            }
            cascade(index, slot);
        }
        return null;
    }

    /** Reads what is needed of the flows that come next, so that it is in the cache; returns something that depends on it. */
    int warm(PacketSlab packets) {
        Level level = levels[0];
        FlowChunk chunk = level == null || bitmaps[0] == 0 ? null : level.heads[Long.numberOfTrailingZeros(bitmaps[0])];
        return chunk == null ? 0 : chunk.warm(packets);
    }

    /** Returns a tick that is not after that of the first flow, {@link Long#MAX_VALUE} when empty. */
    long firstTick() {
        return size == 0 ? Long.MAX_VALUE : firstTickOf(lowestLevel());
    }

    /** Moves all flows to a list, in no particular order. */
    void drainTo(List<Flow> flows) {
        for (int index = 0; index < LEVELS; index++) {
            Level level = levels[index];
            while (level != null && bitmaps[index] != 0) {
                flows.add(removeFirst(level, index, Long.numberOfTrailingZeros(bitmaps[index])));
            }
        }
        size = 0;
    }

    private Flow removeFirst(@Nullable Level level, int slot) {
        return removeFirst(level, 0, slot);
    }

    @SuppressWarnings("NullAway") // A bit says that the level is there and its slot holds a flow.
    private Flow removeFirst(@Nullable Level level, int index, int slot) {
        FlowChunk chunk = level.heads[slot];
        Flow flow = chunk.removeFirst();
        if (chunk.isEmpty()) {
            FlowChunk following = chunk.next;
            level.heads[slot] = following;
            if (following == null) {
                level.tails[slot] = null;
                bitmaps[index] &= ~(1L << slot);
            }
            give(chunk);
        }
        return flow;
    }

    @SuppressWarnings("NullAway") // As above.
    private void cascade(int index, int slot) {
        Level level = levels[index];
        FlowChunk chunk = level.heads[slot];
        level.heads[slot] = null;
        level.tails[slot] = null;
        bitmaps[index] &= ~(1L << slot);
        while (chunk != null) {
            FlowChunk following = chunk.next;
            while (!chunk.isEmpty()) {
                long tick = chunk.firstTick();
                place(chunk.removeFirst(), tick);
            }
            give(chunk);
            chunk = following;
        }
    }

    private void place(Flow flow, long tick) {
        long differing = tick ^ now;
        int index = differing == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
        Level level = level(index);
        int slot = (int) (tick >>> (index * DIGIT_BITS)) & (SLOTS - 1);
        FlowChunk last = level.tails[slot];
        if (last == null || last.isFull()) {
            FlowChunk added = take();
            if (last == null) {
                level.heads[slot] = added;
                bitmaps[index] |= 1L << slot;
            } else {
                last.next = added;
            }
            level.tails[slot] = added;
            last = added;
        }
        last.append(flow, tick);
    }

    private Level level(int index) {
        Level level = levels[index];
        if (level == null) {
            level = new Level();
            levels[index] = level;
        }
        return level;
    }

    private FlowChunk take() {
        FlowChunk chunk = unused;
        if (chunk == null) {
            return new FlowChunk();
        }
        unused = chunk.next;
        chunk.next = null;
        return chunk;
    }

    private void give(FlowChunk chunk) {
        chunk.reset();
        chunk.next = unused;
        unused = chunk;
    }

    private int lowestLevel() {
        int level = 0;
        while (level < LEVELS && bitmaps[level] == 0) {
            level++;
        }
        return level;
    }

    /** Returns the first tick of the first used slot of a level. */
    private long firstTickOf(int level) {
        int shift = level * DIGIT_BITS;
        long higherDigits = level == LEVELS - 1 ? 0 : now & (-1L << (shift + DIGIT_BITS));
        return higherDigits | (long) Long.numberOfTrailingZeros(bitmaps[level]) << shift;
    }
}
