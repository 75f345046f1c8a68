package io.foreshard.simulator.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects the values of an {@link Impairment}, starting from a perfect link. Each method checks its own value. Not thread-safe. */
public final class ImpairmentBuilder {

    private @Nullable CapacityTrace capacity;
    private long delayNanos;
    private long jitterNanos;
    private long queueBytes = 1 << 20;
    private int maxDatagramBytes = Impairment.LARGEST_DATAGRAM_BYTES;
    private boolean sizeLimitSignalled = true;
    private Loss loss = Loss.NONE;
    private double reorderProbability;
    private long reorderDelayNanos;
    private double duplicateProbability;
    private double corruptProbability;
    private double truncateProbability;
    private double mergeProbability;
    private @Nullable Flap flap;

    ImpairmentBuilder() {}

    ImpairmentBuilder(Impairment values) {
        capacity = values.capacity();
        delayNanos = values.delayNanos();
        jitterNanos = values.jitterNanos();
        queueBytes = values.queueBytes();
        maxDatagramBytes = values.maxDatagramBytes();
        sizeLimitSignalled = values.sizeLimitSignalled();
        loss = values.loss();
        reorderProbability = values.reorderProbability();
        reorderDelayNanos = values.reorderDelayNanos();
        duplicateProbability = values.duplicateProbability();
        corruptProbability = values.corruptProbability();
        truncateProbability = values.truncateProbability();
        mergeProbability = values.mergeProbability();
        flap = values.flap();
    }

    /**
     * Sets a service rate that never changes.
     *
     * @param bytesPerSecond above 0
     * @return this
     */
    public ImpairmentBuilder rateBytesPerSecond(double bytesPerSecond) {
        return capacity(CapacityTrace.constant(bytesPerSecond));
    }

    /**
     * Sets the service rate over time.
     *
     * @param trace counted from the start of the link
     * @return this
     */
    public ImpairmentBuilder capacity(CapacityTrace trace) {
        capacity = trace;
        return this;
    }

    /**
     * Sets the propagation delay.
     *
     * @param delay not negative
     * @return this
     */
    public ImpairmentBuilder delay(Duration delay) {
        delayNanos = Checks.nonNegativeNanos("delay", delay);
        return this;
    }

    /**
     * Sets the jitter: an extra delay, uniform between 0 and this, that keeps the order.
     *
     * @param jitter not negative
     * @return this
     */
    public ImpairmentBuilder jitter(Duration jitter) {
        jitterNanos = Checks.nonNegativeNanos("jitter", jitter);
        return this;
    }

    /**
     * Sets the size of the queue before the bottleneck, the datagram in service included. It counts only with a rate. An empty
     * queue takes a datagram of any length.
     *
     * @param bytes above 0
     * @return this
     */
    public ImpairmentBuilder queueBytes(long bytes) {
        Checks.that(bytes > 0, "queueBytes", bytes, "> 0");
        queueBytes = bytes;
        return this;
    }

    /**
     * Sets the longest UDP payload that passes; fragments do not exist here. A simulated sender gets an error on writing more; a
     * relay drops and counts it.
     *
     * @param bytes 1…65507
     * @return this
     */
    public ImpairmentBuilder maxDatagramBytes(int bytes) {
        Checks.that(
                bytes > 0 && bytes <= Impairment.LARGEST_DATAGRAM_BYTES,
                "maxDatagramBytes",
                bytes,
                "1 ... " + Impairment.LARGEST_DATAGRAM_BYTES);
        maxDatagramBytes = bytes;
        return this;
    }

    /**
     * Sets whether a simulated sender is told that a datagram is too long. Without, the link is a path-MTU black hole.
     *
     * @param signalled {@code true} unless set
     * @return this
     */
    public ImpairmentBuilder sizeLimitSignalled(boolean signalled) {
        sizeLimitSignalled = signalled;
        return this;
    }

    /**
     * Sets the random loss.
     *
     * @param model Bernoulli or Gilbert-Elliott
     * @return this
     */
    public ImpairmentBuilder loss(Loss model) {
        loss = model;
        return this;
    }

    /**
     * Sets independent random loss.
     *
     * @param probability 0…1
     * @return this
     */
    public ImpairmentBuilder loss(double probability) {
        return loss(new Loss.Bernoulli(probability));
    }

    /**
     * Holds some datagrams back so that later ones overtake them.
     *
     * @param probability 0…1
     * @param heldBack for how long
     * @return this
     */
    public ImpairmentBuilder reorder(double probability, Duration heldBack) {
        Checks.probability("probability", probability);
        reorderDelayNanos = Checks.positiveNanos("heldBack", heldBack);
        reorderProbability = probability;
        return this;
    }

    /**
     * Delivers some datagrams twice.
     *
     * @param probability 0…1
     * @return this
     */
    public ImpairmentBuilder duplicate(double probability) {
        Checks.probability("probability", probability);
        duplicateProbability = probability;
        return this;
    }

    /**
     * Flips one bit of some datagrams.
     *
     * @param probability 0…1
     * @return this
     */
    public ImpairmentBuilder corrupt(double probability) {
        Checks.probability("probability", probability);
        corruptProbability = probability;
        return this;
    }

    /**
     * Cuts the end off some datagrams; at least one byte is left.
     *
     * @param probability 0…1
     * @return this
     */
    public ImpairmentBuilder truncate(double probability) {
        Checks.probability("probability", probability);
        truncateProbability = probability;
        return this;
    }

    /**
     * Glues some datagrams in front of the next one between the same two addresses, if one is under way by then.
     *
     * @param probability 0…1
     * @return this
     */
    public ImpairmentBuilder coalesce(double probability) {
        Checks.probability("probability", probability);
        mergeProbability = probability;
        return this;
    }

    /**
     * Sets when the link is down.
     *
     * @param outages counted from the start of the link
     * @return this
     */
    public ImpairmentBuilder flap(Flap outages) {
        flap = outages;
        return this;
    }

    /**
     * Makes the impairment.
     *
     * @return an immutable value
     */
    public Impairment build() {
        return new Impairment(
                capacity,
                delayNanos,
                jitterNanos,
                queueBytes,
                maxDatagramBytes,
                sizeLimitSignalled,
                loss,
                reorderProbability,
                reorderDelayNanos,
                duplicateProbability,
                corruptProbability,
                truncateProbability,
                mergeProbability,
                flap);
    }
}
