package io.foreshard.jmh.striping.placement;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A node whose capacity flows share evenly, none faster than one unit a second, after others have taken what they want. */
final class SharedNode {

    static final double CAPACITY = 10;

    private final SplittableRandom random;
    private final Condition condition;
    private final double phase;
    private final double idleShare;
    private final double burstShare;
    private final PriorityQueue<Placed> flows = new PriorityQueue<>();
    private double served;
    private double last;
    private double foreign;
    private boolean isBurst;
    private double nextTurn;

    SharedNode(Condition condition, SplittableRandom random) {
        this.condition = condition;
        this.random = random;
        this.phase = Condition.PERIOD_SECONDS * random.nextDouble();
        this.idleShare = 0.05 + 0.15 * random.nextDouble();
        this.burstShare = 0.6 + 0.35 * random.nextDouble();
        this.foreign = idleShare;
        this.nextTurn = condition.pauseSeconds(random, 0, phase);
    }

    /** Returns when something happens here next. */
    double nextEvent() {
        Placed first = flows.peek();
        return first == null ? nextTurn : Math.min(nextTurn, last + Math.max(0, first.endsAt() - served) / rate());
    }

    /** Lets time pass; returns the flow that ends now, or {@code null}. */
    @Nullable
    Placed advance(double now) {
        served += (now - last) * rate();
        last = now;
        if (now >= nextTurn) {
            turn(now);
            return null;
        }
        Placed first = flows.peek();
        if (first == null || first.endsAt() > served + 1e-9) {
            return null;
        }
        flows.remove();
        return first;
    }

    private void turn(double now) {
        isBurst = !isBurst;
        foreign = isBurst ? burstShare : idleShare;
        nextTurn = now + (isBurst ? condition.burstSeconds(random) : condition.pauseSeconds(random, now, phase));
    }

    void place(double size, int ingress, int slot, double now) {
        advanceClock(now);
        flows.add(new Placed(served + size, size, now, ingress, slot));
    }

    private void advanceClock(double now) {
        served += (now - last) * rate();
        last = now;
    }

    private double rate() {
        return flows.isEmpty() ? 0 : Math.min(1, CAPACITY * (1 - foreign) / flows.size());
    }

    int inFlight() {
        return flows.size();
    }

    /** Returns how long a unit of one more flow would take: what Prequal estimates from flows that began at about as many in flight. */
    double secondsPerUnit() {
        return Math.max(1, (flows.size() + 1) / (CAPACITY * (1 - foreign)));
    }

    double ownLoad() {
        return flows.size() * rate() / CAPACITY;
    }

    double load() {
        return Math.min(1, foreign + ownLoad());
    }

    /**
     * A flow under way.
     *
     * @param endsAt what each flow of the node will have been served when it ends
     */
    record Placed(double endsAt, double size, double begunAt, int ingress, int slot) implements Comparable<Placed> {

        @Override
        public int compareTo(Placed other) {
            return Double.compare(endsAt, other.endsAt);
        }
    }
}
