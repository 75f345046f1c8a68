package io.foreshard.simulator.link;

import org.jspecify.annotations.Nullable;

/**
 * What one direction of a link does to traffic; made by {@link #builder()}.
 *
 * <p>A datagram passes, in this order: outage, size limit, random loss, the finite queue of the bottleneck, its service at the
 * current rate, delay and jitter; then it may be held back, duplicated, corrupted, truncated or merged. Random loss comes before the
 * queue, as in netem: a lost datagram uses no capacity. For a stream only outage (it waits), rate, delay and jitter count; the queue
 * is then the buffer that pushes back.
 *
 * @param capacity the service rate over time; {@code null} when the link has no bottleneck
 * @param delayNanos the propagation delay
 * @param jitterNanos the largest extra delay; uniform between 0 and this, keeps the order
 * @param queueBytes the size of the queue before the bottleneck, the datagram in service included
 * @param maxDatagramBytes the longest UDP payload that passes
 * @param sizeLimitSignalled whether a simulated sender is told that a datagram is too long; {@code false} for a black hole
 * @param loss the random loss
 * @param reorderProbability how likely a datagram is held back
 * @param reorderDelayNanos for how long it is then held back
 * @param duplicateProbability how likely a datagram arrives twice
 * @param corruptProbability how likely one bit of a datagram is flipped
 * @param truncateProbability how likely a datagram loses its end
 * @param mergeProbability how likely a datagram is glued in front of the next one
 * @param flap when the link is down; {@code null} when it never is
 */
public record Impairment(
        @Nullable CapacityTrace capacity,
        long delayNanos,
        long jitterNanos,
        long queueBytes,
        int maxDatagramBytes,
        boolean sizeLimitSignalled,
        Loss loss,
        double reorderProbability,
        long reorderDelayNanos,
        double duplicateProbability,
        double corruptProbability,
        double truncateProbability,
        double mergeProbability,
        @Nullable Flap flap) {

    /** The longest UDP payload that IPv4 can carry, in bytes. */
    public static final int LARGEST_DATAGRAM_BYTES = 65_507;

    /** Checks every value. */
    public Impairment {
        Checks.that(delayNanos >= 0, "delayNanos", delayNanos, ">= 0");
        Checks.that(jitterNanos >= 0, "jitterNanos", jitterNanos, ">= 0");
        Checks.that(queueBytes > 0, "queueBytes", queueBytes, "> 0");
        Checks.that(
                maxDatagramBytes > 0 && maxDatagramBytes <= LARGEST_DATAGRAM_BYTES,
                "maxDatagramBytes",
                maxDatagramBytes,
                "1 ... " + LARGEST_DATAGRAM_BYTES);
        Checks.probability("reorderProbability", reorderProbability);
        Checks.that(reorderDelayNanos >= 0, "reorderDelayNanos", reorderDelayNanos, ">= 0");
        Checks.probability("duplicateProbability", duplicateProbability);
        Checks.probability("corruptProbability", corruptProbability);
        Checks.probability("truncateProbability", truncateProbability);
        Checks.probability("mergeProbability", mergeProbability);
    }

    /**
     * A perfect link: no delay, no limit, no loss.
     *
     * @return the link
     */
    public static Impairment none() {
        return builder().build();
    }

    /**
     * Starts from a perfect link with a queue of 1 MiB.
     *
     * @return a new builder
     */
    public static ImpairmentBuilder builder() {
        return new ImpairmentBuilder();
    }

    /**
     * Starts from this impairment.
     *
     * @return a new builder with these values
     */
    public ImpairmentBuilder toBuilder() {
        return new ImpairmentBuilder(this);
    }
}
