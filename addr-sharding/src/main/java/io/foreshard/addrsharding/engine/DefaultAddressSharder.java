package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.warm.HandOut.Handed;
import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.GateReport;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests come by any thread and are served from stock there; everything else happens on the executor. */
final class DefaultAddressSharder implements AddressSharder {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultAddressSharder.class);
    private static final int MOST_FREED_AT_ONCE = 1000;
    private static final int STEPS_PER_REBALANCE = 12;

    private final EventExecutor executor;
    private final AddressRecords records;
    private final Prefetcher prefetcher;
    private final AddressWarmer warmer;
    private final EngineObserver observer;
    private final long patienceMillis;
    private final int maxBacklog;
    private final ShardSizing sizing;
    private final ShardCycle cycle;
    private final Map<StockKey, SubdivisionStock> stocks = new LinkedHashMap<>();

    private volatile boolean isClosed;
    private long nowMillis;
    private long steps;

    DefaultAddressSharder(AddressSharderBuilder builder, long nowMillis) {
        this.nowMillis = nowMillis;
        executor = builder.executor;
        prefetcher = builder.prefetcher;
        warmer = builder.warmer;
        observer = builder.observer;
        records = new AddressRecords(builder.store, observer);
        patienceMillis = builder.patienceMillis();
        maxBacklog = builder.maxBacklog;
        sizing = builder.sizing();
        builder.stocks(stocks, nowMillis, records::floor);
        cycle = new ShardCycle(
                builder.allocators(),
                builder.store,
                builder.routers(),
                this::later,
                this::shardUsable,
                this::shardLost);
    }

    /** Takes the recorded state; before anything else, on the executor. */
    void restore(List<Allocation> shards, List<Allocation> addresses, StoreContents contents, long now) {
        nowMillis = now;
        records.begin(contents.addressFloor());
        cycle.restore(shards, Math.max(contents.revision(), contents.shardFloor()), now);
        addresses.sort(Comparator.comparingLong(Allocation::sinceMillis));
        addresses.forEach(this::restore);
        stocks.values().forEach(stock -> stock.pool.restored());
        stocks.values().forEach(this::look);
    }

    /** An address may outlive its shard in the records only where a crash came between the two. */
    private void restore(Allocation address) {
        SubdivisionStock stock = stocks.get(StockKey.of(address));
        Prefix shard = stock == null ? null : stock.shards.floorKey(address.prefix());
        if (stock != null && shard != null && shard.contains(address.prefix())) {
            stock.pool.restore(address);
        } else if (address.status() == AllocationStatus.COOLING) {
            Allocation free = new Allocation(
                    address.kind(),
                    address.prefix(),
                    address.subdivision(),
                    address.handle(),
                    AllocationStatus.FREE,
                    address.sequence() + 1,
                    nowMillis);
            records.ended(free);
            cycle.endAddress(free);
        }
    }

    @Override
    public CompletionStage<HandOut> take(String subdivision, AddressFamily family, String handle, long now) {
        SubdivisionStock stock = stocks.get(new StockKey(subdivision, family));
        if (stock == null) {
            return refusedNow(HandOutReason.UNKNOWN_SUBDIVISION);
        }
        if (isClosed) {
            return refusedNow(HandOutReason.CLOSED);
        }
        if (!SubdivisionSettings.isRecordable(handle)) {
            return refusedNow(HandOutReason.BAD_HANDLE);
        }
        CompletableFuture<HandOut> answer = new CompletableFuture<>();
        if (stock.pool.handOut(handle, now) instanceof Handed handed) {
            stock.hits.increment();
            records.handedOut(stock.pool, handed, answer);
            lookSoon(stock, now);
        } else {
            stock.misses.increment();
            if (stock.waiters.incrementAndGet() > maxBacklog) {
                stock.waiters.decrementAndGet();
                records.refuse(answer, HandOutReason.BACKLOG_FULL);
                return answer;
            }
            later(() -> await(stock, new Waiter(handle, now + patienceMillis, answer), now));
        }
        return answer;
    }

    private CompletionStage<HandOut> refusedNow(HandOutReason reason) {
        observer.count(reason, 1);
        return CompletableFuture.completedFuture(new HandOut.Refused(reason));
    }

    private void await(SubdivisionStock stock, Waiter waiter, long now) {
        if (isClosed) {
            stock.waiters.decrementAndGet();
            records.refuse(waiter.answer(), HandOutReason.CLOSED);
        } else {
            stock.backlog.addLast(waiter);
            lookSoon(stock, now);
        }
    }

    /** However many ask at once, a stock is looked at once for all of them. */
    private void lookSoon(SubdivisionStock stock, long now) {
        if (stock.isLookDue.compareAndSet(false, true)) {
            later(() -> {
                stock.isLookDue.set(false);
                nowMillis = Math.max(nowMillis, now);
                look(stock);
            });
        }
    }

    @Override
    public CompletionStage<Release> release(Allocation address, long now) {
        SubdivisionStock stock = stocks.get(StockKey.of(address));
        Allocation released = stock == null ? null : stock.pool.release(address, now);
        if (stock == null || released == null) {
            HandOutReason reason = stock == null ? HandOutReason.UNKNOWN_SUBDIVISION : HandOutReason.NOT_HELD;
            observer.count(reason, 1);
            return CompletableFuture.completedFuture(new Release.Refused(reason));
        }
        return records.released(stock.pool, released);
    }

    @Override
    public CompletionStage<Void> step(long now) {
        return on(() -> {
            nowMillis = now;
            stocks.values().forEach(this::tellDemand);
            prefetcher.step(now);
            stocks.values().forEach(this::foresee);
            if (++steps % STEPS_PER_REBALANCE == 0) {
                cycle.rebalance();
            }
            lookAtAll();
            stocks.values().forEach(this::resize);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> look(long now) {
        return on(() -> {
            nowMillis = now;
            lookAtAll();
            return null;
        });
    }

    private void foresee(SubdivisionStock stock) {
        SubdivisionOutlook outlook = stock.outlook;
        SubdivisionSettings settings = stock.settings;
        outlook.observe(nowMillis, stock.pool.statistics(nowMillis).inUse());
        prefetcher.foresee(settings.label(), outlook.expectedVms(), outlook.eventRise());
        cycle.expect(settings, outlook);
    }

    private void lookAtAll() {
        cycle.step(nowMillis, MOST_FREED_AT_ONCE);
        stocks.values().forEach(this::look);
    }

    private void tellDemand(SubdivisionStock stock) {
        int hits = stock.newHits();
        int misses = stock.newMisses();
        prefetcher.demand(stock.settings.label(), nowMillis, hits + misses, misses);
    }

    private void look(SubdivisionStock stock) {
        if (isClosed) {
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
        if (addresses.isEmpty()) {
            return;
        }
        made(stock, addresses)
                .whenComplete((done, failure) -> later(() -> {
                    if (failure == null) {
                        stock.warmed(addresses, nowMillis, took -> prefetcher.refilled(stock.settings.label(), took));
                        serve(stock);
                    } else {
                        stock.notWarmed(addresses);
                    }
                }));
    }

    private CompletionStage<?> made(SubdivisionStock stock, List<Prefix> addresses) {
        try {
            return warmer.warm(stock.settings.subdivision(), addresses);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void shardUsable(Allocation shard) {
        SubdivisionStock stock = stocks.get(StockKey.of(shard));
        if (stock != null) {
            stock.shardCame(shard);
            warm(stock, stock.warmable());
        }
    }

    private void shardLost(Allocation shard) {
        SubdivisionStock stock = stocks.get(StockKey.of(shard));
        if (stock != null) {
            stock.shardLost();
        }
    }

    /** Assigns what is wanted beyond today's orders, and gives a shard back that has long been more than enough. */
    private void resize(SubdivisionStock stock) {
        int change = sizing.change(stock, stock.outlook.score(), nowMillis);
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

    @Override
    public CompletionStage<List<Allocation>> shards() {
        return on(() -> {
            List<Allocation> all = new ArrayList<>();
            cycle.allocator().forEach(all::add);
            all.sort((one, other) -> one.prefix().compareTo(other.prefix()));
            return all;
        });
    }

    @Override
    public CompletionStage<List<StockReport>> stocks() {
        return on(() ->
                stocks.values().stream().map(stock -> stock.report(nowMillis)).toList());
    }

    @Override
    public CompletionStage<SpaceReport> space() {
        return on(() -> cycle.allocator().report());
    }

    @Override
    public GateReport gate() {
        return prefetcher.report();
    }

    @Override
    public void close() {
        isClosed = true;
        later(() -> stocks.values().forEach(stock -> {
            stock.backlog.forEach(waiter -> records.refuse(waiter.answer(), HandOutReason.CLOSED));
            stock.waiters.addAndGet(-stock.backlog.size());
            stock.backlog.clear();
        }));
    }

    /** Runs a task on the executor; a fault in it must not pass unseen. */
    private void later(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("The engine of address sharding failed", e);
            }
        });
    }

    private <T> CompletionStage<T> on(Supplier<@Nullable T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
