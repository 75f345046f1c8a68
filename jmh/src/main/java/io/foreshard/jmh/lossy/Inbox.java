package io.foreshard.jmh.lossy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Where messages arrive: checks each and takes the time. Safe for use by several threads. */
final class Inbox {

    private final Contents contents;
    private final AtomicLongArray arrivedNanos;
    private final AtomicInteger missing;
    private final AtomicInteger faults = new AtomicInteger();

    Inbox(Contents contents, int messages) {
        this.contents = contents;
        arrivedNanos = new AtomicLongArray(messages);
        missing = new AtomicInteger(messages);
    }

    /**
     * Takes a message.
     *
     * @param message stays the caller's
     */
    void accept(ByteBuf message) {
        int index = contents.indexOf(message);
        if (index < 0 || index >= arrivedNanos.length()) {
            faults.incrementAndGet();
        } else if (arrivedNanos.compareAndSet(index, 0, System.nanoTime())) {
            missing.decrementAndGet();
        }
    }

    int missing() {
        return missing.get();
    }

    /** Returns how many messages came with wrong content. */
    int faults() {
        return faults.get();
    }

    /** Returns when a message arrived, or 0. */
    long arrivedNanos(int index) {
        return arrivedNanos.get(index);
    }
}
