package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import java.util.ArrayDeque;

/** Warm addresses of one flavour in virtual time: what is taken is ordered again at once, and comes a lead time later. */
final class Pool {

    private final long leadMillis;
    private final ArrayDeque<long[]> orders = new ArrayDeque<>();
    private int target;
    private int warm;
    private int ordered;
    private long lastMillis;
    private boolean counts;
    private double idleMillis;
    private long asked;
    private long missed;
    private long released;

    Pool(long leadMillis) {
        this.leadMillis = leadMillis;
    }

    /** Begins with a stock. */
    void fill(int count) {
        target = count;
        warm = count;
    }

    void startCounting(long nowMillis) {
        advance(nowMillis);
        counts = true;
    }

    void advance(long nowMillis) {
        while (!orders.isEmpty() && orders.peek()[0] <= nowMillis) {
            long[] order = orders.remove();
            idle(order[0]);
            warm += (int) order[1];
            ordered -= (int) order[1];
        }
        idle(nowMillis);
    }

    private void idle(long nowMillis) {
        if (counts) {
            idleMillis += (double) warm * (nowMillis - lastMillis);
        }
        lastMillis = nowMillis;
    }

    /** Returns how many were missed; these are made by other means, and the stock knows nothing of them. */
    int take(long nowMillis, int count) {
        advance(nowMillis);
        int hits = Math.min(warm, count);
        warm -= hits;
        order(nowMillis, Math.min(hits, target - warm - ordered));
        if (counts) {
            asked += count;
            missed += count - hits;
        }
        return count - hits;
    }

    /** Carries out a plan: what is taken from now on is ordered again up to its target. */
    void plan(long nowMillis, PrefetchPlan plan) {
        advance(nowMillis);
        target = plan.target();
        warm -= plan.release();
        order(nowMillis, plan.order());
        released += counts ? plan.release() : 0;
    }

    private void order(long nowMillis, int count) {
        if (count > 0) {
            orders.add(new long[] {nowMillis + leadMillis, count});
            ordered += count;
        }
    }

    int warm() {
        return warm;
    }

    int ordered() {
        return ordered;
    }

    double idleMillis() {
        return idleMillis;
    }

    long asked() {
        return asked;
    }

    long missed() {
        return missed;
    }

    /** Returns how many were released unused. */
    long released() {
        return released;
    }
}
