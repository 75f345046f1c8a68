package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.jmh.addresses.StaticPools.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The trace in virtual time against pools of warm addresses, one for each flavour. The first week is to learn from and does not count. Every minute a
 * pool is planned; what is taken between is ordered again at once. Nobody sees anything before it has happened.
 */
final class PrefetchReplay {

    static final int WARM_UP_SLOTS = 7 * 288;
    private static final long LOOK_MILLIS = 60_000;
    private static final int PLENTY = 1 << 20;

    private final ChurnTrace trace;
    private final long leadMillis;
    private final List<List<ChurnTrace.Batch>> slots = new ArrayList<>();

    PrefetchReplay(ChurnTrace trace, long leadMillis, long seed) {
        this.trace = trace;
        this.leadMillis = leadMillis;
        SplittableRandom random = new SplittableRandom(seed);
        for (int slot = 0; slot < trace.slots(); slot++) {
            slots.add(trace.batches(slot, random));
        }
    }

    /**
     * What pools kept idle and missed.
     *
     * @param byFlavour in the order of the trace
     * @param released how many were released without having been used
     */
    record Result(List<Outcome> byFlavour, long released) {

        Outcome outcome() {
            return byFlavour.stream().reduce(Outcome.NONE, Outcome::plus);
        }

        double[] missRates() {
            return byFlavour.stream().mapToDouble(Outcome::missRate).toArray();
        }
    }

    int flavours() {
        return trace.flavours().size();
    }

    /** Returns for how many lead times the pools were counted. */
    double leadTimes() {
        return (double) countedMillis() / leadMillis;
    }

    private long countedMillis() {
        return (trace.slots() - WARM_UP_SLOTS) * ChurnTrace.SLOT_MILLIS;
    }

    Outcome withFixed(int flavour, int size) {
        Pool pool = new Pool(leadMillis);
        pool.fill(size);
        for (int slot = WARM_UP_SLOTS - 2; slot < slots.size(); slot++) {
            if (slot == WARM_UP_SLOTS) {
                pool.startCounting(slot * ChurnTrace.SLOT_MILLIS);
            }
            for (ChurnTrace.Batch batch : slots.get(slot)) {
                if (batch.flavour() == flavour) {
                    pool.take(batch.atMillis(), batch.size());
                }
            }
        }
        return result(pool).outcome();
    }

    /** Runs a prefetcher that knows nothing yet. */
    Result with(Prefetcher prefetcher) {
        Pool[] pools = new Pool[flavours()];
        for (int flavour = 0; flavour < pools.length; flavour++) {
            pools[flavour] = new Pool(leadMillis);
            prefetcher.refilled(trace.flavours().get(flavour), leadMillis);
        }
        for (int slot = 0; slot < slots.size(); slot++) {
            long begin = slot * ChurnTrace.SLOT_MILLIS;
            if (slot == WARM_UP_SLOTS) {
                Arrays.stream(pools).forEach(pool -> pool.startCounting(begin));
            }
            prefetcher.step(begin);
            int next = 0;
            for (long look = begin; look < begin + ChurnTrace.SLOT_MILLIS; look += LOOK_MILLIS) {
                plan(prefetcher, pools, look);
                next = take(prefetcher, pools, slots.get(slot), next, look + LOOK_MILLIS);
            }
        }
        return result(pools);
    }

    private void plan(Prefetcher prefetcher, Pool[] pools, long nowMillis) {
        for (int flavour = 0; flavour < pools.length; flavour++) {
            Pool pool = pools[flavour];
            pool.advance(nowMillis);
            PrefetchPlan plan = prefetcher.plan(
                    trace.flavours().get(flavour),
                    nowMillis,
                    new PrefetchView.Stock(1, PLENTY, pool.warm(), pool.ordered(), 0));
            pool.plan(nowMillis, plan);
        }
    }

    private int take(Prefetcher prefetcher, Pool[] pools, List<ChurnTrace.Batch> batches, int first, long untilMillis) {
        int next = first;
        while (next < batches.size() && batches.get(next).atMillis() < untilMillis) {
            ChurnTrace.Batch batch = batches.get(next++);
            int missed = pools[batch.flavour()].take(batch.atMillis(), batch.size());
            prefetcher.demand(trace.flavours().get(batch.flavour()), batch.atMillis(), batch.size(), missed);
        }
        return next;
    }

    private Result result(Pool... pools) {
        List<Outcome> byFlavour = new ArrayList<>();
        long released = 0;
        for (Pool pool : pools) {
            pool.advance(slots.size() * ChurnTrace.SLOT_MILLIS);
            byFlavour.add(new Outcome(pool.idleMillis() / (double) countedMillis(), pool.asked(), pool.missed()));
            released += pool.released();
        }
        return new Result(List.copyOf(byFlavour), released);
    }
}
