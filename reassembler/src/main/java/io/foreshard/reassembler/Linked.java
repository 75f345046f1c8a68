package io.foreshard.reassembler;

import org.jspecify.annotations.Nullable;

/**
 * An element of at most one {@link Chain} at a time; the links lie in the element, so chaining allocates nothing.
 *
 * @param <T> the element's own type
 */
abstract class Linked<T extends Linked<T>> {
    @Nullable
    T previous;

    @Nullable
    T next;

    @Nullable
    Chain<T> chain;
}
