package io.foreshard.verification.together;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The traffic of one engine, as long as it is let run. */
interface Strand {

    /** Begins; what is sent goes on by itself. */
    void start();

    /** Sends nothing new, and waits until all that was sent has come. */
    void finish() throws InterruptedException;

    /** Returns how many units were sent and came back right. */
    long rounds();

    /** Returns what came wrong, empty if nothing did. */
    String fault();

    /** Gives everything back. */
    void close() throws InterruptedException;

    /** Waits for something that takes no more than seconds. */
    static <T> T await(Future<T> future) throws InterruptedException {
        if (!future.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("future: not done (expected: done within 20 s)");
        }
        return future.getNow();
    }
}
