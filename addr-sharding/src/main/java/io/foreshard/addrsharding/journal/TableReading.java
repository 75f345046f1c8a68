package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.Allocation;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Reads a table slice by slice, as it was when the reading began, while it changes between the slices: what is about to change and was not
 * read yet is kept until the next slice, and its place is passed over. A record never moves, so each is met once. One thread at a time.
 */
final class TableReading {

    private final RecordArena arena;
    private final int end;
    private final BitSet changed = new BitSet();
    /** As many as one group has changes at most. */
    private final Queue<Allocation> kept = new ArrayDeque<>();

    private int place;

    TableReading(RecordArena arena) {
        this.arena = arena;
        this.place = arena.first();
        this.end = arena.end();
    }

    /** Takes that a record is about to be overwritten or removed. */
    void beforeChange(int changing) {
        if (isAhead(changing)) {
            kept.add(AllocationCodec.get(arena.page(changing), arena.at(changing)));
            changed.set(changing);
        }
    }

    /** Takes that a place has a record that was not there when the reading began. */
    void afterAdd(int added) {
        if (isAhead(added)) {
            changed.set(added);
        }
    }

    private boolean isAhead(int some) {
        return some >= place && some < end && !changed.get(some);
    }

    /**
     * Reads on.
     *
     * @param most how many places are looked at, besides what was kept
     * @return whether more is to come
     */
    boolean step(int most, Consumer<? super Allocation> each) {
        for (Allocation allocation = kept.poll(); allocation != null; allocation = kept.poll()) {
            each.accept(allocation);
        }
        for (int looked = 0; place < end && looked < most; looked++) {
            int at = place;
            place = arena.after(at);
            if (arena.bytes(at) > 0 && !changed.get(at)) {
                each.accept(AllocationCodec.get(arena.page(at), arena.at(at)));
            }
        }
        return place < end;
    }
}
