package io.foreshard.examples.gateway;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits, and ends the program in order when it is interrupted meanwhile. Stateless. */
final class Pause {

    private Pause() {}

    static void millis(long millis) throws IOException {
        until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Waits until a time of {@link System#nanoTime()}. */
    static void until(long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
