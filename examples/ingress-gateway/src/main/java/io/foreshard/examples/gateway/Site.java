package io.foreshard.examples.gateway;

import java.net.InetSocketAddress;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A server and the path to it.
 *
 * @param backend the server
 * @param way the path
 * @param reached where the gateway reaches the server through the path
 * @param slowing makes the server slower by a factor, {@code null} if it is not to be slow on schedule
 */
record Site(
        Backend backend,
        Way way,
        InetSocketAddress reached,
        @Nullable DoubleConsumer slowing) {

    String name() {
        return backend.name();
    }

    /** Returns whether it is made slow on schedule. */
    boolean slows() {
        return slowing != null;
    }

    /** Makes the server slower by a factor, 1 for as usual, where it is to be slow at all. */
    void slowDown(double factor) {
        if (slowing != null) {
            slowing.accept(factor);
        }
    }
}
