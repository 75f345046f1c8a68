package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;

/**
 * What a receiver saw.
 *
 * @param megabits per second
 * @param gapNanos the longest without a byte
 * @param wrongBytes that did not belong where they came
 */
record Goodput(double megabits, long gapNanos, long wrongBytes) {

    private static final long ENDLESS = 1L << 40;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Measures a transfer after its start-up, and breaks it off. */
    static Goodput measure(Stand.Ends ends, boolean download, long seed, long startMillis, long millis)
            throws IOException, ContestantException, InterruptedException {
        ends.begin(download, seed, ENDLESS);
        long from = System.nanoTime() + startMillis * NANOS_PER_MILLI;
        Thread.sleep(startMillis + millis + 20);
        Goodput seen = look(ends.receiver(download), from, from + millis * NANOS_PER_MILLI);
        ends.client().ask("stop");
        return seen;
    }

    static Goodput look(Role receiver, long fromNanos, long toNanos)
            throws IOException, ContestantException, InterruptedException {
        long[] seen = receiver.askNumbers("look " + fromNanos + " " + toNanos);
        return new Goodput(seen[0] * 8e3 / (toNanos - fromNanos), seen[1], seen[2]);
    }
}
