package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The stacks of a kind that are there, and the picks among them. */
final class Roster implements StacksView {

    private final StackSelector selector;
    private final SplittableRandom random;
    private final List<Seat> seats = new ArrayList<>();
    private int previous = -1;
    private long nowNanos;
    private int bytes;
    private @Nullable Seat avoided;

    Roster(StackSelector selector, SplittableRandom random) {
        this.selector = selector;
        this.random = random;
    }

    void add(Seat seat) {
        seats.add(seat);
    }

    void remove(Seat seat) {
        int at = seats.indexOf(seat);
        seats.remove(at);
        if (at <= previous) {
            previous--;
        }
    }

    Seat get(int stack) {
        return seats.get(stack);
    }

    @Nullable
    Seat pick(Exchange exchange, long now) {
        nowNanos = now;
        bytes = exchange.capacity;
        avoided = exchange.avoided;
        int picked = selector.pick(this, random.nextLong());
        avoided = null;
        // A selector is foreign code; an answer out of range or out of bounds is one to wait.
        if (picked < 0 || picked >= seats.size() || !seats.get(picked).takes(exchange.capacity)) {
            return null;
        }
        previous = picked;
        return seats.get(picked);
    }

    boolean isCold() {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether there is a stack beside one that may take its messages, now or soon. */
    boolean hasOther(Seat one) {
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat != one && (seat.isOpen() || seat.state == Seat.State.COMING)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how long the fastest of the running stacks takes; 0 if that is not known of one. */
    long fastestNanos(long now) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat.isOpen()) {
                fastest = Math.min(fastest, seat.latencies.median(0, now));
            }
        }
        return fastest == Long.MAX_VALUE ? 0 : fastest;
    }

    @Override
    public int size() {
        return seats.size();
    }

    @Override
    public boolean takes(int stack) {
        Seat seat = seats.get(stack);
        return seat != avoided && seat.takes(bytes);
    }

    @Override
    public int inFlight(int stack) {
        return seats.get(stack).inFlight.size();
    }

    @Override
    public double weight(int stack) {
        return seats.get(stack).condition.weight();
    }

    @Override
    public double expectedInFlight(int stack) {
        return seats.get(stack).condition.expectedInFlight();
    }

    @Override
    public long latencyNanos(int stack) {
        Seat seat = seats.get(stack);
        return seat.latencies.median(seat.inFlight.size(), nowNanos);
    }

    @Override
    public long ageNanos(int stack) {
        return seats.get(stack).latencies.ageNanos(nowNanos);
    }

    @Override
    public long oldestNanos(int stack) {
        return seats.get(stack).oldestNanos(nowNanos);
    }

    @Override
    public double errorShare(int stack) {
        return seats.get(stack).errors.share(nowNanos);
    }

    @Override
    public double headroom(int stack) {
        return seats.get(stack).condition.headroom();
    }

    @Override
    public int previous() {
        return previous;
    }

    /** Returns how many messages stacks have that somebody waits for. */
    int awaited() {
        int awaited = 0;
        for (int i = 0; i < size(); i++) {
            awaited += get(i).awaited();
        }
        return awaited;
    }

    /**
     * Returns whether messages wait for a stack that has yet to start. One that has just come has less than it has room for, and one that is frozen or
     * drains goes on at once.
     */
    boolean isFull(int maxInFlight) {
        int room = 0;
        for (int i = 0; i < size(); i++) {
            room += get(i).isConnected() ? maxInFlight : 0;
        }
        return awaited() >= room;
    }
}
