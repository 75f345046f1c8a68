package io.foreshard.reassembler;

import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list of elements that carry their own links. Every operation costs O(1).
 *
 * @param <T> type of the elements
 */
final class Chain<T extends Linked<T>> {

    private @Nullable T first;
    private @Nullable T last;
    private int size;

    @Nullable
    T first() {
        return first;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Appends an element, taking it out of the chain that it is in. */
    void append(T element) {
        detach(element);
        element.previous = last;
        element.chain = this;
        if (last == null) {
            first = element;
        } else {
            last.next = element;
        }
        last = element;
        size++;
    }

    /** Returns the first element and moves it to the end. */
    @Nullable
    T rotate() {
        T element = first;
        if (element != null) {
            append(element);
        }
        return element;
    }

    /** Takes an element out of whichever chain it is in. */
    static <E extends Linked<E>> void detach(E element) {
        Chain<E> chain = element.chain;
        if (chain != null) {
            chain.remove(element);
        }
    }

    private void remove(T element) {
        T before = element.previous;
        T after = element.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        element.previous = null;
        element.next = null;
        element.chain = null;
        size--;
    }
}
