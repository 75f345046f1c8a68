package io.foreshard.reassembler;

import io.foreshard.runtime.KeyedLongMap;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the latest messages of a source that were delivered, so that none of them is delivered again. Ids count up, so a
 * page of 64 neighbours costs little more than a single one; other ids cost a page each. The oldest page is forgotten first.
 */
final class DeliveredIds implements Growing {

    /** A page with its places in map and queue, both at their emptiest. */
    static final int BYTES_PER_PAGE = 96;

    private static final int ID_BITS = 6;

    private final KeyedLongMap<Page> pages;
    private final ArrayDeque<Page> byAge = new ArrayDeque<>(1);
    private final int smallest;
    private final int largest;
    private int capacity;

    private static final class Page {

        private final long number;
        private long ids;

        Page(long number) {
            this.number = number;
        }
    }

    DeliveredIds(Limits limits) {
        pages = new KeyedLongMap<>(limits.hashKey1(), limits.hashKey0(), 0);
        smallest = limits.deliveredPages();
        largest = Math.max(smallest, limits.finishedMemory());
        capacity = smallest;
    }

    boolean contains(long messageId) {
        Page page = pages.get(messageId >> ID_BITS);
        return page != null && (page.ids & 1L << messageId) != 0;
    }

    void add(long messageId) {
        pageOf(messageId >> ID_BITS).ids |= 1L << messageId;
    }

    private Page pageOf(long number) {
        Page page = pages.get(number);
        return page == null ? newPage(number) : page;
    }

    private Page newPage(long number) {
        if (byAge.size() == capacity) {
            @Nullable Page oldest = byAge.poll();
            if (oldest != null) {
                pages.remove(oldest.number);
            }
        }
        Page page = new Page(number);
        byAge.add(page);
        pages.put(number, page);
        return page;
    }

    /** Returns how many ids that count up are remembered at least, however they are mixed. */
    int window() {
        return Limits.idsIn(capacity);
    }

    @Override
    public long growthBytes() {
        return byAge.size() == capacity && capacity < largest ? (long) BYTES_PER_PAGE * (grown() - capacity) : 0;
    }

    @Override
    public void grow() {
        capacity = grown();
    }

    private int grown() {
        return (int) Math.min(largest, 2L * capacity);
    }

    @Override
    public long chargedBytes() {
        return (long) BYTES_PER_PAGE * (capacity - smallest);
    }

    void clear() {
        pages.clear();
        byAge.clear();
        capacity = smallest;
    }
}
