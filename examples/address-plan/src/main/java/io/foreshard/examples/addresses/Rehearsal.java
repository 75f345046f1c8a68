package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.engine.SubdivisionSettings;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchView;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongConsumer;

/** Lets a prefetcher learn from what was created before the replay: counts of addresses in place of addresses. */
final class Rehearsal {

    private static final int PLENTY = 1 << 20;

    private final Prefetcher prefetcher;
    private final Settings settings;
    private final List<SubdivisionSettings> subdivisions;
    private final Stock[] stocks;

    private Rehearsal(Prefetcher prefetcher, Settings settings) {
        this.prefetcher = prefetcher;
        this.settings = settings;
        subdivisions = settings.subdivisions();
        stocks = new Stock[subdivisions.size()];
        for (int i = 0; i < stocks.length; i++) {
            stocks[i] = new Stock();
        }
    }

    /**
     * Runs up to the beginning of the replay.
     *
     * @param prefetcher new
     * @param told of the time after each step
     */
    static void run(Prefetcher prefetcher, Settings settings, LongConsumer told) {
        new Rehearsal(prefetcher, settings).run(told);
    }

    private void run(LongConsumer told) {
        Churn churn = settings.churn();
        int next = 0;
        for (long now = churn.learnFromMillis() + Replay.TICK_MILLIS;
                now <= churn.fromMillis();
                now += Replay.TICK_MILLIS) {
            while (next < churn.earlier().size() && churn.earlier().get(next).atMillis() <= now) {
                take(churn.earlier().get(next++), now);
            }
            if (Math.floorMod(now, Churn.STEP_MILLIS) == 0) {
                prefetcher.step(now);
                told.accept(now);
            }
            for (int i = 0; i < stocks.length; i++) {
                plan(i, now);
            }
        }
    }

    private void take(Burst burst, long now) {
        Stock stock = stocks[burst.subdivision()];
        int hits = Math.min(stock.warm, burst.count());
        stock.warm -= hits;
        stock.backlog += burst.count() - hits;
        prefetcher.demand(subdivisions.get(burst.subdivision()).label(), now, burst.count(), burst.count() - hits);
    }

    private void plan(int index, long now) {
        Stock stock = stocks[index];
        String label = subdivisions.get(index).label();
        int arrived = stock.arrive(now);
        if (arrived > 0) {
            prefetcher.refilled(label, settings.refillMillis());
        }
        PrefetchPlan plan = prefetcher.plan(
                label, now, new PrefetchView.Stock(1, PLENTY, stock.warm, stock.ordered, stock.backlog));
        if (plan.order() > 0) {
            stock.orders.add(new long[] {now + settings.refillMillis(), plan.order()});
            stock.ordered += plan.order();
        }
        stock.warm -= plan.release();
    }

    /** Counts of addresses of a subdivision; an order is when it comes, and how many. */
    private static final class Stock {
        final ArrayDeque<long[]> orders = new ArrayDeque<>();
        int warm;
        int ordered;
        int backlog;

        int arrive(long now) {
            int all = 0;
            while (!orders.isEmpty() && orders.getFirst()[0] <= now) {
                all += (int) orders.removeFirst()[1];
            }
            ordered -= all;
            int waiting = Math.min(backlog, all);
            backlog -= waiting;
            warm += all - waiting;
            return all;
        }
    }
}
