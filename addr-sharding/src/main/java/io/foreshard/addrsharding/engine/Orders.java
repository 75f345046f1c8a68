package io.foreshard.addrsharding.engine;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/** Addresses that were ordered and are not there yet, oldest first, and so how long refills take. */
final class Orders {

    private final ArrayDeque<Order> open = new ArrayDeque<>();
    private int count;

    void add(int addresses, long nowMillis) {
        open.addLast(new Order(addresses, nowMillis));
        count += addresses;
    }

    /**
     * Takes that ordered addresses have come.
     *
     * @param addresses how many; more than were ordered count as surplus
     * @param took told of the time that each order took of which some came
     */
    void arrive(int addresses, long nowMillis, LongConsumer took) {
        int left = addresses;
        while (left > 0 && !open.isEmpty()) {
            Order oldest = open.removeFirst();
            int filled = Math.min(left, oldest.addresses);
            left -= filled;
            count -= filled;
            took.accept(Math.max(0, nowMillis - oldest.sinceMillis));
            if (filled < oldest.addresses) {
                open.addFirst(new Order(oldest.addresses - filled, oldest.sinceMillis));
            }
        }
    }

    /** Takes that the newest orders will not come. */
    void cancel(int addresses) {
        int left = addresses;
        while (left > 0 && !open.isEmpty()) {
            Order newest = open.removeLast();
            int cancelled = Math.min(left, newest.addresses);
            left -= cancelled;
            count -= cancelled;
            if (cancelled < newest.addresses) {
                open.addLast(new Order(newest.addresses - cancelled, newest.sinceMillis));
            }
        }
    }

    int count() {
        return count;
    }

    private record Order(int addresses, long sinceMillis) {}
}
