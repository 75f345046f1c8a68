package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.warm.WarmOutcome.Handed;
import io.foreshard.coreapi.EngineObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Keeps stocks: serves who waits, orders what is missing, assigns and gives back shards. Confined to the engine's executor. */
final class StockKeeper {

    private static final int MOST_FREED_AT_ONCE = 1000;

    private final Stocks stocks;
    private final AddressRecords records;
    private final Prefetcher prefetcher;
    private final EngineObserver observer;
    private final ShardSizing sizing;
    private final Warmings warmings;
    final Retirement retirement;
    final ShardCycle cycle;
    long nowMillis;

    StockKeeper(
            AddressSharderBuilder builder, Stocks stocks, AddressRecords records, Executor executor, long nowMillis) {
        this.stocks = stocks;
        this.records = records;
        this.nowMillis = nowMillis;
        prefetcher = builder.prefetcher;
        observer = builder.observer;
        sizing = builder.sizing();
        warmings = new Warmings(builder.warmer, executor, builder.limits.warmingMillis(), observer);
        cycle = new ShardCycle(builder, executor, this::shardUsable, this::shardLost);
        retirement = new Retirement(cycle, records, observer, builder.limits.retirementMillis());
    }

    void retire(SubdivisionStock stock) {
        retirement.begin(stock);
        prefetcher.forget(stock.settings.label());
    }

    /** Looks at all shards, and at some stocks. */
    void look(Parts parts, Collection<SubdivisionStock> some) {
        parts.run(() -> warmings.look(nowMillis));
        parts.run(() -> cycle.step(nowMillis, MOST_FREED_AT_ONCE));
        parts.each(some, this::look);
    }

    void look(SubdivisionStock stock) {
        retirement.look(stock, nowMillis);
        if (stock.isRetiring) {
            refuseAll(stock, HandOutReason.UNKNOWN_SUBDIVISION);
            if (stock.isGone()) {
                stocks.remove(stock);
            }
            return;
        }
        serve(stock);
        tellDemand(stock);
        PrefetchPlan plan = prefetcher.plan(stock.settings.label(), nowMillis, stock.view(nowMillis));
        stock.lastPlan = plan;
        if (plan.order() > 0) {
            warm(stock, stock.order(plan.order(), nowMillis));
            assign(stock, stock.missingShards());
            stock.giveUpUncovered();
        } else if (plan.release() > 0) {
            stock.pool.retire(plan.release(), nowMillis);
        }
    }

    void refuseAll(SubdivisionStock stock, HandOutReason reason) {
        stock.backlog.forEach(waiter -> records.refuse(waiter.answer(), reason));
        stock.waiters.addAndGet(-stock.backlog.size());
        stock.backlog.clear();
    }

    /** Who has one that is not recorded yet waits on, and holds up nobody. */
    private void serve(SubdivisionStock stock) {
        boolean isWarm = true;
        for (Iterator<Waiter> waiters = stock.backlog.iterator(); waiters.hasNext(); ) {
            Waiter waiter = waiters.next();
            boolean isLate = waiter.untilMillis() < nowMillis;
            if (isLate) {
                records.refuse(waiter.answer(), HandOutReason.TIMED_OUT);
            } else if (isWarm && stock.pool.handOut(waiter.handle(), nowMillis) instanceof Handed handed) {
                records.handedOut(stock.pool, handed, waiter.answer());
            } else {
                isWarm &= stock.pool.hasIdle(nowMillis);
                continue;
            }
            waiters.remove();
            stock.waiters.decrementAndGet();
        }
    }

    void tellDemand(SubdivisionStock stock) {
        if (!stock.isRetiring) {
            int hits = stock.newHits();
            int misses = stock.newMisses();
            prefetcher.demand(stock.settings.label(), nowMillis, hits + misses, misses);
        }
    }

    void foresee(SubdivisionStock stock) {
        if (!stock.isRetiring) {
            SubdivisionOutlook outlook = stock.outlook;
            SubdivisionSettings settings = stock.settings;
            outlook.observe(nowMillis, stock.pool.statistics(nowMillis).inUse());
            prefetcher.foresee(settings.label(), outlook.expectedVms(), outlook.eventRise());
            cycle.expect(settings, outlook);
        }
    }

    private void assign(SubdivisionStock stock, int shards) {
        SubdivisionSettings settings = stock.settings;
        if (shards > 0 && cycle.isFenced()) {
            stock.lastRefusal = HandOutReason.STORE_AWAY.name();
            observer.count(HandOutReason.STORE_AWAY, 1);
            return;
        }
        for (int i = 0; i < shards; i++) {
            Optional<RefusalReason> refusal = cycle.assign(
                    new ShardRequest(settings.subdivision(), settings.family(), settings.shardLength()), nowMillis);
            stock.lastRefusal = refusal.map(RefusalReason::name).orElse("");
            if (refusal.isPresent()) {
                observer.count(refusal.get(), 1);
                return;
            }
            stock.awaitShard();
        }
    }

    private void warm(SubdivisionStock stock, List<Prefix> addresses) {
        if (!addresses.isEmpty()) {
            warmings.begin(stock.settings.subdivision(), addresses, isDone -> warmed(stock, addresses, isDone));
        }
    }

    private void warmed(SubdivisionStock stock, List<Prefix> addresses, boolean isDone) {
        if (isDone) {
            stock.warmed(addresses, nowMillis, took -> refilled(stock, took));
            if (!stock.isRetiring) {
                serve(stock);
            }
        } else {
            stock.notWarmed(addresses);
        }
    }

    /** One that retires is forgotten, and must not come back by this. */
    private void refilled(SubdivisionStock stock, long tookMillis) {
        if (!stock.isRetiring) {
            prefetcher.refilled(stock.settings.label(), tookMillis);
        }
    }

    private void shardUsable(Allocation shard) {
        SubdivisionStock stock = stocks.of(shard);
        if (stock == null) {
            cycle.drain(shard, List.of(), nowMillis);
            return;
        }
        stock.shardCame(shard);
        if (!stock.isRetiring) {
            warm(stock, stock.warmable());
            stock.giveUpUncoveredIfNoneComes();
        }
    }

    private void shardLost(Allocation shard) {
        SubdivisionStock stock = stocks.of(shard);
        if (stock != null) {
            stock.shardLost();
        }
    }

    /** Assigns what is wanted beyond today's orders, and gives a shard back that has long been more than enough. */
    void resize(SubdivisionStock stock) {
        int change = stock.isRetiring ? 0 : sizing.change(stock, stock.outlook.score(), nowMillis);
        if (change > 0) {
            assign(stock, change);
        } else if (change < 0) {
            List<Allocation> addresses = new ArrayList<>();
            Allocation idle = stock.takeIdleShard(nowMillis, addresses::add);
            if (idle != null) {
                addresses.forEach(records::ended);
                cycle.drain(idle, addresses, nowMillis);
            }
        }
    }
}
