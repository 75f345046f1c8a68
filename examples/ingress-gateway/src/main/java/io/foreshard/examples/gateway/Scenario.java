package io.foreshard.examples.gateway;

import java.time.Duration;

/**
 * What is run, the same with and without the shaper.
 *
 * @param seconds length of each of the two runs
 * @param seed of the arrivals
 * @param namespaces whether paths are made of network namespaces, else of relays
 */
record Scenario(int seconds, long seed, boolean namespaces) {

    /** How long the servers and this JVM are warmed up, which is not counted. */
    private static final int WARM_UP_SECONDS = 2;
    /** Uploads under way at any time, to each server. */
    static final int UPLOADERS = 12;
    /** Small requests per second, to each server. */
    static final double ITEMS_PER_SECOND = 120;
    /** What is answered later is of no use to its client. */
    static final double DEADLINE_SECONDS = 1;

    /** A relay passes 16 KiB of a connection at a time, and requests through it are slower than packets, so a short queue cannot be seen. */
    static final Duration RELAY_TARGET = Duration.ofMillis(20);

    static final double SLOWNESS = 8;
    /** A client gives up after so long. */
    static final int PATIENCE_SECONDS = 3;

    private static final double SLOW_FROM = 0.35;
    private static final double SLOW_TO = 0.65;

    /** Capacity of each path: 40 Mbit/s. */
    long pathBytesPerSecond() {
        return 5_000_000;
    }

    /** Buffer of each path: 50 ms. */
    int bufferBytes() {
        return 250_000;
    }

    double slowFromSeconds() {
        return SLOW_FROM * seconds;
    }

    double slowToSeconds() {
        return SLOW_TO * seconds;
    }

    boolean isSlow(double atSeconds) {
        return atSeconds >= slowFromSeconds() && atSeconds < slowToSeconds();
    }

    Scenario warmUp() {
        return new Scenario(Math.min(WARM_UP_SECONDS, Math.max(1, seconds / 3)), seed + 1, namespaces);
    }
}
