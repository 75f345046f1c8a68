package io.foreshard.simulator.link;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Carries datagrams through an {@link ImpairedLink}: applies its decisions to bytes and holds what is under way.
 *
 * <p>Memory is bounded: when the payload under way would exceed the limit, a datagram is dropped as {@link DropReason#PIPE_FULL}.
 * Not thread-safe, except for {@link #statistics()}.
 *
 * @param <T> who sent a datagram to whom; datagrams are only merged when these are equal
 */
public final class DatagramPipe<T> {

    private final ImpairedLink link;
    private final long maxHeldBytes;
    private final LinkCounter counter = new LinkCounter();
    private final Queue<InFlight<T>> inFlight = new PriorityQueue<>(
            Comparator.<InFlight<T>>comparingLong(item -> item.deliverNanos).thenComparingLong(item -> item.sequence));
    private long nextSequence;

    private static final class InFlight<T> {

        final long deliverNanos;
        final long sequence;
        final byte[] payload;
        final T route;
        final boolean mergeWithNext;

        InFlight(long deliverNanos, long sequence, byte[] payload, T route, boolean mergeWithNext) {
            this.deliverNanos = deliverNanos;
            this.sequence = sequence;
            this.payload = payload;
            this.route = route;
            this.mergeWithNext = mergeWithNext;
        }
    }

    /**
     * Takes what a pipe delivers.
     *
     * @param <T> who sent it to whom
     */
    @FunctionalInterface
    public interface Receiver<T> {

        /**
         * A datagram came out of the pipe.
         *
         * @param payload its bytes, owned by the receiver
         * @param route what was handed in with it
         */
        void deliver(byte[] payload, T route);
    }

    /**
     * Makes a pipe.
     *
     * @param link decides about each datagram; used by this pipe only
     * @param maxHeldBytes how much payload may be under way; above 0
     */
    public DatagramPipe(ImpairedLink link, long maxHeldBytes) {
        Checks.that(maxHeldBytes > 0, "maxHeldBytes", maxHeldBytes, "> 0");
        this.link = link;
        this.maxHeldBytes = maxHeldBytes;
    }

    /**
     * Puts a datagram in.
     *
     * @param nowNanos the time
     * @param payload its bytes; the pipe owns the array from now on
     * @param route comes out with it
     * @return why it was dropped, or {@code null} when it is under way
     */
    public @Nullable DropReason offer(long nowNanos, byte[] payload, T route) {
        counter.offered(payload.length);
        LinkDecision decision = link.offer(nowNanos, payload.length);
        DropReason reason = decision instanceof LinkDecision.Drop drop
                ? drop.reason()
                : carry((LinkDecision.Deliver) decision, payload, route);
        if (reason != null) {
            counter.dropped(reason);
        }
        return reason;
    }

    /**
     * Returns when {@link #release} next has something to do.
     *
     * @return an instant, {@link Long#MAX_VALUE} when nothing is under way
     */
    public long nextDeadlineNanos() {
        InFlight<T> head = inFlight.peek();
        return head == null ? Long.MAX_VALUE : head.deliverNanos;
    }

    /**
     * Delivers everything that is due.
     *
     * @param nowNanos the time
     * @param receiver is called once per datagram, in order of delivery
     * @return how many were delivered
     */
    public int release(long nowNanos, Receiver<T> receiver) {
        int count = 0;
        while (nextDeadlineNanos() <= nowNanos) {
            InFlight<T> item = inFlight.remove();
            counter.held(-item.payload.length);
            if (!item.mergeWithNext || !merge(item)) {
                counter.delivered(item.payload.length);
                receiver.deliver(item.payload, item.route);
                count++;
            }
        }
        return count;
    }

    /** Forgets everything that is under way; it counts neither as delivered nor as dropped. */
    public void clear() {
        inFlight.forEach(item -> counter.held(-item.payload.length));
        inFlight.clear();
    }

    /**
     * Returns the link that decides.
     *
     * @return the link
     */
    public ImpairedLink link() {
        return link;
    }

    /**
     * Returns what has passed so far. Safe on any thread.
     *
     * @return a snapshot
     */
    public LinkStatistics statistics() {
        return counter.snapshot();
    }

    private @Nullable DropReason carry(LinkDecision.Deliver decision, byte[] payload, T route) {
        int copies = decision.duplicated() ? 2 : 1;
        long bytes = (long) decision.lengthBytes() * copies;
        if (counter.held(bytes) > maxHeldBytes) {
            counter.held(-bytes);
            return DropReason.PIPE_FULL;
        }
        byte[] damaged = damage(decision, payload);
        for (int copy = 0; copy < copies; copy++) {
            byte[] own = copy == 0 ? damaged : damaged.clone();
            boolean mergeWithNext = copy == copies - 1 && decision.mergedWithNext();
            inFlight.add(new InFlight<>(decision.deliverNanos(), nextSequence++, own, route, mergeWithNext));
        }
        countEffects(decision, payload.length);
        return null;
    }

    private static byte[] damage(LinkDecision.Deliver decision, byte[] payload) {
        byte[] result =
                decision.lengthBytes() == payload.length ? payload : Arrays.copyOf(payload, decision.lengthBytes());
        int bit = decision.corruptedBit();
        if (bit >= 0) {
            result[bit >>> 3] ^= (byte) (1 << (bit & 7));
        }
        return result;
    }

    private void countEffects(LinkDecision.Deliver decision, int offeredBytes) {
        countIf(decision.duplicated(), LinkEffect.DUPLICATED);
        countIf(decision.corruptedBit() >= 0, LinkEffect.CORRUPTED);
        countIf(decision.lengthBytes() < offeredBytes, LinkEffect.TRUNCATED);
        countIf(decision.reordered(), LinkEffect.REORDERED);
    }

    private void countIf(boolean happened, LinkEffect effect) {
        if (happened) {
            counter.effect(effect);
        }
    }

    private boolean merge(InFlight<T> front) {
        InFlight<T> next = inFlight.peek();
        if (next == null
                || !next.route.equals(front.route)
                || front.payload.length + next.payload.length > Impairment.LARGEST_DATAGRAM_BYTES) {
            return false;
        }
        inFlight.remove();
        byte[] both = Arrays.copyOf(front.payload, front.payload.length + next.payload.length);
        System.arraycopy(next.payload, 0, both, front.payload.length, next.payload.length);
        inFlight.add(new InFlight<>(next.deliverNanos, next.sequence, both, next.route, next.mergeWithNext));
        counter.held(front.payload.length);
        counter.effect(LinkEffect.MERGED);
        return true;
    }
}
