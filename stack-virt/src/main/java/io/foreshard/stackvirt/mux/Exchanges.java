package io.foreshard.stackvirt.mux;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All messages that are under way, by the number that names them to a stack: the place in a table, below a count that never comes again. So
 * finding one costs a look at the table, and an answer to another message is never taken for one to this.
 */
final class Exchanges {

    private static final int SLOT_BITS = 20;
    private static final int SMALLEST = 64;

    private final int limit;
    private @Nullable Exchange[] table = new Exchange[SMALLEST];
    private int[] free = new int[SMALLEST];
    private int freeCount;
    private int used;
    private long attempts;
    private long numbers;

    Exchanges(int limit) {
        this.limit = limit;
    }

    int size() {
        return used - freeCount;
    }

    /** Returns whether there was room. */
    boolean add(Exchange exchange) {
        if (freeCount == 0 && used == limit) {
            return false;
        }
        if (freeCount > 0) {
            exchange.slot = free[--freeCount];
        } else {
            if (used == table.length) {
                int larger = Math.min(limit, 2 * used);
                table = Arrays.copyOf(table, larger);
                free = Arrays.copyOf(free, larger);
            }
            exchange.slot = used++;
        }
        exchange.number = ++numbers;
        table[exchange.slot] = exchange;
        return true;
    }

    void remove(Exchange exchange) {
        table[exchange.slot] = null;
        free[freeCount++] = exchange.slot;
    }

    /** Gives a message a new name, always above 0. */
    void rename(Exchange exchange) {
        exchange.correlation = (++attempts << SLOT_BITS) | exchange.slot;
    }

    @Nullable
    Exchange get(long correlation) {
        int slot = (int) correlation & ((1 << SLOT_BITS) - 1);
        Exchange exchange = slot < used ? table[slot] : null;
        return exchange != null && exchange.correlation == correlation ? exchange : null;
    }

    /** Returns those that are with no stack, in the order in which they came. */
    List<Exchange> waiting() {
        return Arrays.stream(table)
                .filter(Objects::nonNull)
                .filter(each -> each.seat == null)
                .sorted(Comparator.comparingLong(each -> each.number))
                .toList();
    }
}
