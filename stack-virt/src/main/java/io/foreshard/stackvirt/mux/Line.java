package io.foreshard.stackvirt.mux;

import org.jspecify.annotations.Nullable;

/** Messages in order, linked by themselves. A message is in one line at a time. */
final class Line {

    private @Nullable Exchange first;
    private @Nullable Exchange last;
    private int size;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    @Nullable
    Exchange first() {
        return first;
    }

    void add(Exchange exchange) {
        insert(exchange, last, null);
    }

    /** Puts a message where it belongs by its number, looking from the front: it comes back, so it is among the oldest. */
    void restore(Exchange exchange) {
        Exchange next = first;
        while (next != null && next.number < exchange.number) {
            next = next.next;
        }
        insert(exchange, next == null ? last : next.previous, next);
    }

    /** Puts those of another line, which is in order, where they belong by their numbers; the other one is empty then. */
    void restoreAll(Line other) {
        Exchange next = first;
        for (Exchange each = other.first; each != null; each = other.first) {
            while (next != null && next.number < each.number) {
                next = next.next;
            }
            insert(each, next == null ? last : next.previous, next);
        }
    }

    void remove(Exchange exchange) {
        Exchange previous = exchange.previous;
        Exchange next = exchange.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        exchange.previous = null;
        exchange.next = null;
        exchange.line = null;
        size--;
    }

    private void insert(Exchange exchange, @Nullable Exchange previous, @Nullable Exchange next) {
        exchange.leaveLine();
        exchange.previous = previous;
        exchange.next = next;
        exchange.line = this;
        if (previous == null) {
            first = exchange;
        } else {
            previous.next = exchange;
        }
        if (next == null) {
            last = exchange;
        } else {
            next.previous = exchange;
        }
        size++;
    }
}
