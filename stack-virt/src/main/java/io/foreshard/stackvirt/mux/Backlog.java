package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.ByteBudget;

/** How much of a kind waits, in its own line and in those of its stacks. */
final class Backlog {

    private final int maxMessages;
    private final ByteBudget bytes;
    private int messages;

    Backlog(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.bytes = new ByteBudget(maxBytes);
    }

    int messages() {
        return messages;
    }

    long bytes() {
        return bytes.usedBytes();
    }

    /** Returns whether there was room, or the message is counted already. */
    boolean add(Exchange exchange) {
        if (exchange.charged) {
            return true;
        }
        if (messages >= maxMessages || !bytes.tryReserve(exchange.capacity)) {
            return false;
        }
        messages++;
        exchange.charged = true;
        return true;
    }

    void remove(Exchange exchange) {
        if (exchange.charged) {
            messages--;
            bytes.release(exchange.capacity);
            exchange.charged = false;
        }
    }
}
