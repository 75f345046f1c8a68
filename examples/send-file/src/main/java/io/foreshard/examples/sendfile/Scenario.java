package io.foreshard.examples.sendfile;

import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent through which path; the same for every policy.
 *
 * @param file what is sent
 * @param fileBytes its length
 * @param messageBytes bytes of the file in one message
 * @param seed of the path's randomness
 * @param capacity of the path in bytes per second, when not congested
 * @param congested capacity during an episode
 * @param periodSeconds how far apart episodes of congestion are, which a forecaster can learn; 0 for a single one, which nobody foresees
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
        double periodSeconds,
        Duration oneWayDelay,
        double loss) {

    private static final double OFFERED_SHARE = 0.6;
    private static final double CONGESTED_SHARE = 0.3;
    private static final long WARM_UP_BYTES = 4L << 20;
    private static final double QUEUE_SECONDS = 0.05;
    private static final int SMALLEST_QUEUE_BYTES = 64 << 10;

    /** When something begins and ends, in seconds since the start of the path. */
    record Span(double from, double to) {}

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

    boolean isPeriodic() {
        return periodSeconds > 0;
    }

    /** Returns the single episode, or the first one of the period. */
    Span episode() {
        return isPeriodic()
                ? new Span(periodSeconds * (1 - CONGESTED_SHARE), periodSeconds)
                : new Span(seconds() * 0.3, seconds() * 0.5);
    }

    /** Returns the episodes that begin before a time. */
    List<Span> episodesUntil(double seconds) {
        List<Span> episodes = new ArrayList<>();
        for (Span next = episode(); next.from() < seconds; next = later(next)) {
            episodes.add(next);
            if (!isPeriodic()) {
                break;
            }
        }
        return episodes;
    }

    private Span later(Span span) {
        return new Span(span.from() + periodSeconds, span.to() + periodSeconds);
    }

    /** Returns a short run over the same path without an episode, after which the JVM has compiled what counts. */
    Scenario warmUp() {
        long bytes = Math.min(fileBytes, WARM_UP_BYTES);
        return new Scenario(file, bytes, messageBytes, seed, capacity, capacity, 0, oneWayDelay, 0);
    }

    CapacityTrace trace() {
        Span low = episode();
        if (isPeriodic()) {
            CapacityTrace.Step high = new CapacityTrace.Step(0, capacity);
            CapacityTrace.Step fall = new CapacityTrace.Step(nanos(low.from()), congested);
            return new CapacityTrace(List.of(high, fall), nanos(periodSeconds));
        }
        return CapacityTrace.constant(capacity)
                .withEpisode(
                        Duration.ofNanos(nanos(low.from())), Duration.ofNanos(nanos(low.to() - low.from())), congested);
    }

    private static long nanos(double seconds) {
        return Math.max(1, (long) (seconds * 1e9));
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
