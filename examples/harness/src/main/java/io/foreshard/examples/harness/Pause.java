package io.foreshard.examples.harness;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits, and ends the program in order when it is interrupted meanwhile. Stateless. */
public final class Pause {

    private Pause() {}

    /**
     * Waits.
     *
     * @param millis how long, in milliseconds
     * @throws IOException if the thread is interrupted
     */
    public static void millis(long millis) throws IOException {
        until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * Waits until a time of {@link System#nanoTime()}.
     *
     * @param nanos when to go on; not at all if that is past
     * @throws IOException if the thread is interrupted
     */
    public static void until(long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
