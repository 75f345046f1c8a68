package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.jmh.addresses.StaticPools.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

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
     * @param idle addresses on average, by flavour
     * @param asked how many were asked for, by flavour
     * @param missed how many of these were not there, by flavour
     * @param released how many were released without having been used
     */
    record Result(double[] idle, long[] asked, long[] missed, long released) {

        Outcome outcome() {
            return new Outcome(
                    Arrays.stream(idle).sum(),
                    LongStream.of(asked).sum(),
                    LongStream.of(missed).sum());
        }

        double[] missRates() {
            double[] rates = new double[asked.length];
            Arrays.setAll(rates, i -> asked[i] == 0 ? 0 : (double) missed[i] / asked[i]);
            return rates;
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
        double[] idle = new double[pools.length];
        long[] asked = new long[pools.length];
        long[] missed = new long[pools.length];
        long released = 0;
        for (int i = 0; i < pools.length; i++) {
            pools[i].advance(slots.size() * ChurnTrace.SLOT_MILLIS);
            idle[i] = pools[i].idleMillis() / countedMillis();
            asked[i] = pools[i].asked();
            missed[i] = pools[i].missed();
            released += pools[i].released();
        }
        return new Result(idle, asked, missed, released);
    }
}
