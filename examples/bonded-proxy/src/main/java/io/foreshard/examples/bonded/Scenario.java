package io.foreshard.examples.bonded;

import java.nio.file.Path;

/**
 * What is to be done.
 *
 * @param file what is downloaded
 * @param bytes so much of it, from its beginning
 * @param bytesPerSecond what each relay passes
 * @param namespaces whether relays run in network namespaces of their own
 */
record Scenario(Path file, long bytes, long bytesPerSecond, boolean namespaces) {

    static final int RELAYS = 3;
    static final int KILLED = 0;
    static final int SLOWED = 1;
    static final int SLOWNESS = 4;

    private static final double SLOW_AFTER = 0.25;
    private static final double KILL_AFTER = 0.5;
    private static final double RESTORE_AFTER = 0.85;

    /** Returns how long the download would take if nothing happened. */
    double undisturbedSeconds() {
        return (double) bytes / (RELAYS * bytesPerSecond);
    }

    double slowSeconds() {
        return SLOW_AFTER * undisturbedSeconds();
    }

    double killSeconds() {
        return KILL_AFTER * undisturbedSeconds();
    }

    double restoreSeconds() {
        return RESTORE_AFTER * undisturbedSeconds();
    }
}
