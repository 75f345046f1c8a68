package io.foreshard.examples.gateway;

import java.util.concurrent.atomic.LongAdder;

/** What the gateway has passed to and from one server. Any thread. */
final class Traffic {

    private final LongAdder taken = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder returned = new LongAdder();

    /** Counts bytes read from a client. */
    void took(long bytes) {
        taken.add(bytes);
    }

    /** Counts bytes that the kernel has taken for the server. */
    void sent(long bytes) {
        sent.add(bytes);
    }

    /** Counts bytes that will not be sent, because one of the ends is gone. */
    void lost(long bytes) {
        lost.add(bytes);
    }

    /** Counts bytes from the server. */
    void returned(long bytes) {
        returned.add(bytes);
    }

    long takenBytes() {
        return taken.sum();
    }

    long sentBytes() {
        return sent.sum();
    }

    long lostBytes() {
        return lost.sum();
    }

    long returnedBytes() {
        return returned.sum();
    }

    /** Returns what waits in the gateway. */
    long waitingBytes() {
        return Math.max(0, takenBytes() - sentBytes() - lostBytes());
    }
}
