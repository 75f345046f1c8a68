package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackSelector;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The stacks of a kind that are there, and the picks among them. */
final class Roster {

    private final StackSelector selector;
    private final SplittableRandom random;
    private final Standings standings = new Standings();

    Roster(StackSelector selector, SplittableRandom random) {
        this.selector = selector;
        this.random = random;
    }

    void add(Seat seat) {
        standings.add(seat);
    }

    void remove(Seat seat) {
        standings.remove(seat);
    }

    /** Something happened to a stack. */
    void update(Seat seat) {
        standings.update(seat);
    }

    int size() {
        return standings.size();
    }

    Seat get(int stack) {
        return standings.get(stack);
    }

    @Nullable
    Seat pick(Exchange exchange, long now) {
        standings.ask(exchange.capacity, exchange.avoided, now);
        int picked = selector.pick(standings, random.nextLong());
        // A selector is foreign code; an answer out of range or out of bounds is one to wait.
        if (picked < 0 || picked >= size() || !get(picked).takes(exchange.capacity)) {
            return null;
        }
        standings.picked(picked);
        return get(picked);
    }

    boolean isCold() {
        for (int i = 0; i < size(); i++) {
            if (get(i).isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether there is a stack beside one that may take its messages, now or soon. */
    boolean hasOther(Seat one) {
        for (int i = 0; i < size(); i++) {
            Seat seat = get(i);
            if (seat != one && (seat.isOpen() || seat.state == Seat.State.COMING)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how long the fastest of the running stacks takes; 0 if that is not known of one. */
    long fastestNanos(long now) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < size(); i++) {
            Seat seat = get(i);
            if (seat.isOpen()) {
                fastest = Math.min(fastest, seat.latencies.median(0, now));
            }
        }
        return fastest == Long.MAX_VALUE ? 0 : fastest;
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
