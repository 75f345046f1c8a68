package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.addrsharding.warm.WarmStatistics;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the engine keeps of one subdivision and family. Confined to the engine's executor, but for {@link #pool} and the counters. */
final class SubdivisionStock {

    final SubdivisionSettings settings;
    final WarmPool pool;
    final SubdivisionOutlook outlook;
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    /** Whether a look at this subdivision is on its way already. */
    final AtomicBoolean isLookDue = new AtomicBoolean();

    final NavigableMap<Prefix, Allocation> shards = new TreeMap<>();
    /** Draining shards of which machines still have addresses. */
    final NavigableMap<Prefix, Allocation> closed = new TreeMap<>();

    final LongAdder reclaimed = new LongAdder();
    /** Whether it is not configured any more; any thread. */
    volatile boolean isRetiring;

    final ArrayDeque<Waiter> backlog = new ArrayDeque<>();
    private final Orders orders = new Orders();
    private int warming;
    private int awaitedShards;
    /** How many wait, and are about to. */
    final AtomicInteger waiters = new AtomicInteger();

    private int quietLooks;
    private long toldHits;
    private long toldMisses;

    @Nullable
    PrefetchPlan lastPlan;

    String lastRefusal = "";

    SubdivisionStock(SubdivisionSettings settings, WarmPool pool, SubdivisionOutlook outlook) {
        this.settings = settings;
        this.pool = pool;
        this.outlook = outlook;
    }

    StockKey key() {
        return new StockKey(settings.subdivision(), settings.family());
    }

    /** Returns what a policy sees. Room in shards that may still be assigned counts as capacity. */
    PrefetchView.Stock view(long nowMillis) {
        long room = (long) Math.max(0, settings.maxShards() - shards.size() - closed.size()) * settings.addresses();
        WarmStatistics has = pool.statistics(nowMillis);
        int known = Math.max(1, shards.size());
        return new PrefetchView.Stock(
                known,
                bounded(room + has.cold() + has.warm() + warming),
                bounded(has.warm()),
                orders.count(),
                backlog.size());
    }

    /** Takes an order, and returns those cold addresses that are to be warmed for it. */
    List<Prefix> order(int addresses, long nowMillis) {
        orders.add(addresses, nowMillis);
        return warmable();
    }

    /** Returns cold addresses to be warmed, as many as are ordered and not on their way. */
    List<Prefix> warmable() {
        List<Prefix> taken = pool.prepare(Math.max(0, orders.count() - warming));
        warming += taken.size();
        return taken;
    }

    /** Returns how many shards more it takes to fill all orders. */
    int missingShards() {
        int uncovered = orders.count() - warming - awaitedShards * settings.addresses();
        return uncovered <= 0 ? 0 : (uncovered - 1) / settings.addresses() + 1;
    }

    void awaitShard() {
        awaitedShards++;
    }

    /** Takes that a shard had fewer addresses than it might, so that other shards have to fill the orders. */
    void giveUpUncoveredIfNoneComes() {
        if (awaitedShards == 0) {
            giveUpUncovered();
        }
    }

    /** Takes that no shard comes for what is ordered beyond those that are on their way. */
    void giveUpUncovered() {
        orders.cancel(Math.max(0, orders.count() - warming - awaitedShards * settings.addresses()));
    }

    void shardCame(Allocation shard) {
        awaitedShards = Math.max(0, awaitedShards - 1);
        shards.put(shard.prefix(), shard);
        pool.add(shard.prefix());
    }

    /** Takes a draining shard of which machines still have addresses. */
    void shardIsClosed(Allocation shard) {
        shards.remove(shard.prefix());
        closed.put(shard.prefix(), shard);
        pool.close(shard.prefix());
    }

    void shardLost() {
        awaitedShards = Math.max(0, awaitedShards - 1);
        giveUpUncovered();
    }

    void warmed(List<Prefix> addresses, long nowMillis, LongConsumer took) {
        warming -= addresses.size();
        pool.ready(addresses);
        orders.arrive(addresses.size(), nowMillis, took);
    }

    void notWarmed(List<Prefix> addresses) {
        warming -= addresses.size();
        pool.unready(addresses);
        orders.cancel(addresses.size());
    }

    /** Returns whether nothing is left of it, nor comes. */
    boolean isGone() {
        return shards.isEmpty() && closed.isEmpty() && awaitedShards == 0;
    }

    /** Returns how many requests came since this was called last. */
    int newHits() {
        long all = hits.sum();
        int fresh = (int) Math.min(Integer.MAX_VALUE, all - toldHits);
        toldHits += fresh;
        return fresh;
    }

    int newMisses() {
        long all = misses.sum();
        int fresh = (int) Math.min(Integer.MAX_VALUE, all - toldMisses);
        toldMisses += fresh;
        return fresh;
    }

    int ordered() {
        return orders.count();
    }

    int awaitedShards() {
        return awaitedShards;
    }

    /** Counts looks in a row at which a shard was more than enough; anything else begins anew. */
    int quietLooks(boolean isQuiet) {
        quietLooks = isQuiet ? quietLooks + 1 : 0;
        return quietLooks;
    }

    /**
     * Takes a shard out of use that no machine has an address of. The last ones go first.
     *
     * @param ended takes what is to be recorded of its addresses, with which the shard is to be drained
     * @return null if there is none
     */
    @Nullable
    Allocation takeIdleShard(long nowMillis, Consumer<Allocation> ended) {
        for (Allocation shard : shards.descendingMap().values()) {
            List<Allocation> addresses = pool.drop(shard.prefix(), nowMillis);
            if (addresses != null) {
                addresses.forEach(ended);
                shards.remove(shard.prefix());
                return shard;
            }
        }
        return null;
    }

    private static int bounded(long count) {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    StockReport report(long nowMillis) {
        PrefetchPlan plan = lastPlan;
        WarmStatistics has = pool.statistics(nowMillis);
        return new StockReport(
                settings.subdivision(),
                settings.family(),
                shards.size(),
                awaitedShards,
                has.inUse(),
                has.warm(),
                orders.count(),
                has.cold(),
                backlog.size(),
                hits.sum(),
                misses.sum(),
                reclaimed.sum(),
                isRetiring,
                plan == null ? "" : plan.explain(),
                lastRefusal);
    }
}
