package io.foreshard.simulator.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: a pure state machine from arrivals to decisions.
 *
 * <p>Each kind of damage draws from its own random stream, and always the same number of values per datagram. So which datagrams are
 * lost, duplicated, corrupted, truncated, merged or held back depends on the seed and their index only, not on timing: the simulator
 * and a relay on real sockets agree about it. Only the queue and outages depend on when datagrams arrive.
 *
 * <p>Not thread-safe; times must not run backwards.
 */
public final class ImpairedLink {

    private final Impairment impairment;
    private final long startNanos;
    private final LossProcess loss;
    private final SplittableRandom jitter;
    private final SplittableRandom reorder;
    private final SplittableRandom duplicate;
    private final SplittableRandom corrupt;
    private final SplittableRandom truncate;
    private final SplittableRandom merge;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long busyUntilNanos;
    private long lastDeliverNanos;

    private record Queued(long finishNanos, int lengthBytes) {}

    /**
     * Starts a link.
     *
     * @param impairment what it does
     * @param seed decides all that is random
     * @param startNanos the origin of its capacity trace and outages, on the clock of all later calls
     */
    public ImpairedLink(Impairment impairment, long seed, long startNanos) {
        this.impairment = impairment;
        this.startNanos = startNanos;
        SplittableRandom root = new SplittableRandom(seed);
        loss = impairment.loss().start(root.split());
        jitter = root.split();
        reorder = root.split();
        duplicate = root.split();
        corrupt = root.split();
        truncate = root.split();
        merge = root.split();
        busyUntilNanos = startNanos;
        lastDeliverNanos = startNanos;
    }

    /**
     * Returns what this link does.
     *
     * @return the configuration
     */
    public Impairment impairment() {
        return impairment;
    }

    /**
     * Decides about a datagram that enters the link.
     *
     * @param nowNanos the time of arrival
     * @param lengthBytes its UDP payload
     * @return whether, when and how it is delivered
     */
    public LinkDecision offer(long nowNanos, int lengthBytes) {
        boolean lost = loss.losesNext();
        boolean reordered = reorder.nextDouble() < impairment.reorderProbability();
        boolean duplicated = duplicate.nextDouble() < impairment.duplicateProbability();
        int corruptedBit = indexOrMinusOne(corrupt, impairment.corruptProbability(), 8L * lengthBytes);
        int cutAt = indexOrMinusOne(truncate, impairment.truncateProbability(), lengthBytes - 1L);
        boolean merged = merge.nextDouble() < impairment.mergeProbability();
        long jitterNanos = (long) (jitter.nextDouble() * impairment.jitterNanos());

        DropReason dropped = dropReason(nowNanos, lengthBytes, lost);
        if (dropped != null) {
            return new LinkDecision.Drop(dropped);
        }
        int length = cutAt < 0 ? lengthBytes : cutAt + 1;
        long deliverNanos = serve(nowNanos, lengthBytes) + impairment.delayNanos() + jitterNanos;
        return new LinkDecision.Deliver(
                inOrder(deliverNanos, reordered),
                length,
                corruptedBit < 8L * length ? corruptedBit : -1,
                duplicated,
                merged,
                reordered);
    }

    /**
     * Passes a piece of a byte stream: nothing is lost, an outage only delays it, and the order is kept. The caller holds back while
     * {@link #queuedBytes} is at the size of the queue.
     *
     * @param nowNanos when the piece enters the link
     * @param lengthBytes its length; 0 for a signal that takes no capacity
     * @return when it is delivered
     */
    public long offerStream(long nowNanos, int lengthBytes) {
        Flap flap = impairment.flap();
        long up = flap == null ? nowNanos : startNanos + flap.upAtNanos(nowNanos - startNanos);
        long jitterNanos = (long) (jitter.nextDouble() * impairment.jitterNanos());
        return inOrder(serve(up, lengthBytes) + impairment.delayNanos() + jitterNanos, false);
    }

    /**
     * Returns what waits before the bottleneck or is in service.
     *
     * @param nowNanos the time
     * @return bytes
     */
    public long queuedBytes(long nowNanos) {
        Queued head = queue.peek();
        while (head != null && head.finishNanos() <= nowNanos) {
            queuedBytes -= head.lengthBytes();
            queue.remove();
            head = queue.peek();
        }
        return queuedBytes;
    }

    /**
     * Returns when the datagram in service leaves the queue.
     *
     * @param nowNanos the time
     * @return an instant after {@code nowNanos}, or {@code nowNanos} when the queue is empty
     */
    public long nextRoomNanos(long nowNanos) {
        queuedBytes(nowNanos);
        Queued head = queue.peek();
        return head == null ? nowNanos : head.finishNanos();
    }

    private @Nullable DropReason dropReason(long nowNanos, int lengthBytes, boolean lost) {
        Flap flap = impairment.flap();
        long sinceStart = nowNanos - startNanos;
        if (flap != null && flap.upAtNanos(sinceStart) != sinceStart) {
            return DropReason.LINK_DOWN;
        }
        if (lengthBytes > impairment.maxDatagramBytes()) {
            return DropReason.OVERSIZED;
        }
        if (lost) {
            return DropReason.LOSS;
        }
        long waiting = queuedBytes(nowNanos);
        return waiting > 0 && waiting + lengthBytes > impairment.queueBytes() ? DropReason.QUEUE_FULL : null;
    }

    private long serve(long nowNanos, int lengthBytes) {
        CapacityTrace capacity = impairment.capacity();
        if (capacity == null) {
            return nowNanos;
        }
        long begin = Math.max(nowNanos, busyUntilNanos);
        busyUntilNanos = startNanos + capacity.finishNanos(begin - startNanos, lengthBytes);
        queue.add(new Queued(busyUntilNanos, lengthBytes));
        queuedBytes += lengthBytes;
        return busyUntilNanos;
    }

    private long inOrder(long deliverNanos, boolean reordered) {
        if (reordered) {
            return deliverNanos + impairment.reorderDelayNanos();
        }
        lastDeliverNanos = Math.max(lastDeliverNanos, deliverNanos);
        return lastDeliverNanos;
    }

    /** Draws two values whatever the outcome. */
    private static int indexOrMinusOne(SplittableRandom random, double probability, long bound) {
        boolean hit = random.nextDouble() < probability;
        int index = (int) (random.nextDouble() * bound);
        return hit && bound > 0 ? index : -1;
    }
}
