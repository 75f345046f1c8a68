package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Flows in the order of their ticks, first in, first out within one: a hierarchical timing wheel with a bitmap for each level, so the
 * next flow is found without walking over empty slots, and an insertion touches the flow and the last one of its slot.
 *
 * <p>A tick is read as eleven digits of six bits. A flow stands on the level of the highest digit in which its tick differs from the
 * wheel's own, in the slot that this digit names; when the wheel gets there, the flows of the slot move to lower levels.
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
    private long now;
    private int size;

    FlowWheel(long startTick) {
        this.now = startTick;
    }

    private static final class Level {
        final @Nullable Flow[] heads = new Flow[SLOTS];
        final @Nullable Flow[] tails = new Flow[SLOTS];
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
        flow.tick = Math.max(tick, now);
        place(flow);
        size++;
    }

    /** Removes and returns the first flow, if its tick is not after a limit. */
    @Nullable
    Flow poll(long limitTick) {
        for (int level = lowestLevel(); level < LEVELS; level = lowestLevel()) {
            long tick = firstTickOf(level);
            if (tick > limitTick) {
                return null;
            }
            now = tick;
            int slot = Long.numberOfTrailingZeros(bitmaps[level]);
            if (level == 0) {
                return removeFirst(slot);
            }
            cascade(level, slot);
        }
        return null;
    }

    /** Reads the first packets of the flows that come next, so that they are in the cache; returns something that depends on them. */
    int warm(int flows) {
        Level level = levels[0];
        if (level == null || bitmaps[0] == 0) {
            return 0;
        }
        int read = 0;
        Flow flow = level.heads[Long.numberOfTrailingZeros(bitmaps[0])];
        for (int left = flows; left > 0 && flow != null; left--) {
            read += flow.warm();
            flow = flow.next;
        }
        return read;
    }

    /** Returns a tick that is not after that of the first flow, {@link Long#MAX_VALUE} when empty. */
    long firstTick() {
        return size == 0 ? Long.MAX_VALUE : firstTickOf(lowestLevel());
    }

    /** Removes all flows, and returns them linked by {@link Flow#next}. */
    @Nullable
    Flow removeAll() {
        Flow all = null;
        for (int index = 0; index < LEVELS; index++) {
            Level level = levels[index];
            for (long left = bitmaps[index]; level != null && left != 0; left &= left - 1) {
                int slot = Long.numberOfTrailingZeros(left);
                all = linked(level.heads[slot], all);
                level.heads[slot] = null;
                level.tails[slot] = null;
            }
            bitmaps[index] = 0;
        }
        size = 0;
        return all;
    }

    private static @Nullable Flow linked(@Nullable Flow list, @Nullable Flow behind) {
        Flow all = behind;
        for (Flow flow = list; flow != null; ) {
            Flow following = flow.next;
            flow.next = all;
            all = flow;
            flow = following;
        }
        return all;
    }

    @SuppressWarnings("NullAway") // A bit says that the level is there and its slot holds a flow.
    private Flow removeFirst(int slot) {
        Level level = levels[0];
        Flow flow = level.heads[slot];
        level.heads[slot] = flow.next;
        if (flow.next == null) {
            level.tails[slot] = null;
            bitmaps[0] &= ~(1L << slot);
        }
        flow.next = null;
        size--;
        return flow;
    }

    @SuppressWarnings("NullAway") // As above.
    private void cascade(int index, int slot) {
        Level level = levels[index];
        Flow flow = level.heads[slot];
        level.heads[slot] = null;
        level.tails[slot] = null;
        bitmaps[index] &= ~(1L << slot);
        while (flow != null) {
            Flow following = flow.next;
            flow.next = null;
            place(flow);
            flow = following;
        }
    }

    private void place(Flow flow) {
        long differing = flow.tick ^ now;
        int index = differing == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
        Level level = level(index);
        int slot = (int) (flow.tick >>> (index * DIGIT_BITS)) & (SLOTS - 1);
        Flow last = level.tails[slot];
        if (last == null) {
            level.heads[slot] = flow;
            bitmaps[index] |= 1L << slot;
        } else {
            last.next = flow;
        }
        level.tails[slot] = flow;
    }

    private Level level(int index) {
        Level level = levels[index];
        if (level == null) {
            level = new Level();
            levels[index] = level;
        }
        return level;
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
