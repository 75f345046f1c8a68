package io.foreshard.examples.sendfile;

import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What is sent through which path; the same for every policy.
 *
 * @param file what is sent
 * @param fileBytes its length
 * @param messageBytes bytes of the file in one message
 * @param seed of the path's randomness
 * @param capacity of the path in bytes per second, when not congested
 * @param congested capacity during the episode
 * @param oneWayDelay of the path without a queue
 * @param loss share of datagrams lost at random
 */
record Scenario(
        Path file,
        long fileBytes,
        int messageBytes,
        long seed,
        double capacity,
        double congested,
        Duration oneWayDelay,
        double loss) {

    private static final double OFFERED_SHARE = 0.6;
    private static final long WARM_UP_BYTES = 16L << 20;
    private static final double QUEUE_SECONDS = 0.05;
    private static final int SMALLEST_QUEUE_BYTES = 64 << 10;

    int messages() {
        return (int) ((fileBytes + messageBytes - 1) / messageBytes);
    }

    /** Messages are due at a steady pace, whatever the path does: an open loop. */
    long dueNanos(int message) {
        return (long) ((double) message * messageBytes / (capacity * OFFERED_SHARE) * 1e9);
    }

    double seconds() {
        return dueNanos(messages()) / 1e9;
    }

    double episodeStart() {
        return seconds() * 0.3;
    }

    double episodeEnd() {
        return seconds() * 0.5;
    }

    /** Returns a short run over the same path without an episode, after which the JVM has compiled what counts. */
    Scenario warmUp() {
        return new Scenario(
                file, Math.min(fileBytes, WARM_UP_BYTES), messageBytes, seed, capacity, capacity, oneWayDelay, 0);
    }

    CapacityTrace trace() {
        return CapacityTrace.constant(capacity)
                .withEpisode(seconds(episodeStart()), seconds(episodeEnd() - episodeStart()), congested);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.max(1, (long) (seconds * 1e9)));
    }

    Impairment forth() {
        return Impairment.builder()
                .capacity(trace())
                .delay(oneWayDelay)
                .queueBytes(Math.max(SMALLEST_QUEUE_BYTES, (long) (capacity * QUEUE_SECONDS)))
                .loss(loss)
                .build();
    }

    Impairment back() {
        return Impairment.builder().delay(oneWayDelay).loss(loss).build();
    }
}
