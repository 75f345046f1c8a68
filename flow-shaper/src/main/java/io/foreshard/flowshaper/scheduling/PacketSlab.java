package io.foreshard.flowshaper.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait on one loop, by number. Numbers and not objects, because links between old objects make a concurrent collector
 * note each change, with a memory fence that undoes the overlap of cache misses. Pages are added as they are needed and stay.
 */
final class PacketSlab {

    /** The number of no packet. */
    static final int NONE = -1;

    private static final int PAGE_BITS = 12;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
    /** Words per packet: arrival, lengths, the next one; and one unused, so that none straddles a cache line. */
    private static final int WORD_BITS = 2;

    private long[][] words = new long[1][];
    private @Nullable Object[][] objects = new Object[1][];
    private int pages;
    private int free = NONE;

    /** Puts a packet in a place. */
    int take(Object message, @Nullable Object attachment, int bytes, int chargedBytes, long arrivedNanos) {
        if (free == NONE) {
            addPage();
        }
        int packet = free;
        long[] page = words[packet >>> PAGE_BITS];
        int word = wordOf(packet);
        free = (int) page[word + 2];
        page[word] = arrivedNanos;
        page[word + 1] = (long) bytes << 32 | chargedBytes;
        page[word + 2] = NONE;
        @Nullable Object[] held = objects[packet >>> PAGE_BITS];
        int slot = objectOf(packet);
        held[slot] = message;
        if (attachment != null) {
            held[slot + 1] = attachment;
        }
        return packet;
    }

    /** Empties a place. */
    void give(int packet) {
        @Nullable Object[] held = objects[packet >>> PAGE_BITS];
        int slot = objectOf(packet);
        held[slot] = null;
        held[slot + 1] = null;
        link(packet, free);
        free = packet;
    }

    long arrivedNanos(int packet) {
        return words[packet >>> PAGE_BITS][wordOf(packet)];
    }

    int bytes(int packet) {
        return (int) (words[packet >>> PAGE_BITS][wordOf(packet) + 1] >>> 32);
    }

    int chargedBytes(int packet) {
        return (int) words[packet >>> PAGE_BITS][wordOf(packet) + 1];
    }

    @SuppressWarnings("NullAway") // A place that is taken has a message.
    Object message(int packet) {
        return objects[packet >>> PAGE_BITS][objectOf(packet)];
    }

    @Nullable
    Object attachment(int packet) {
        return objects[packet >>> PAGE_BITS][objectOf(packet) + 1];
    }

    /** Reads what is needed when it leaves; returns what depends on it. */
    int warm(int packet) {
        return bytes(packet) + (objects[packet >>> PAGE_BITS][objectOf(packet)] == null ? 1 : 0);
    }

    /** Returns what {@link #link} noted. */
    int next(int packet) {
        return (int) words[packet >>> PAGE_BITS][wordOf(packet) + 2];
    }

    void link(int packet, int next) {
        words[packet >>> PAGE_BITS][wordOf(packet) + 2] = next;
    }

    private void addPage() {
        if (pages == words.length) {
            words = Arrays.copyOf(words, 2 * pages);
            objects = Arrays.copyOf(objects, 2 * pages);
        }
        words[pages] = new long[(PAGE_MASK + 1) << WORD_BITS];
        objects[pages] = new Object[(PAGE_MASK + 1) << 1];
        int first = pages << PAGE_BITS;
        pages++;
        for (int packet = first + PAGE_MASK; packet >= first; packet--) {
            link(packet, free);
            free = packet;
        }
    }

    private static int wordOf(int packet) {
        return (packet & PAGE_MASK) << WORD_BITS;
    }

    private static int objectOf(int packet) {
        return (packet & PAGE_MASK) << 1;
    }
}
