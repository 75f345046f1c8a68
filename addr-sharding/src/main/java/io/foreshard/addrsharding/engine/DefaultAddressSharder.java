package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.warm.WarmOutcome.Handed;
import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.GateReport;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests come by any thread and are served from stock there; everything else happens on the executor. */
final class DefaultAddressSharder implements AddressSharder {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultAddressSharder.class);
    private static final int STEPS_PER_REBALANCE = 12;

    private final EventExecutor executor;
    private final AddressRecords records;
    private final Prefetcher prefetcher;
    private final EngineObserver observer;
    private final long patienceMillis;
    private final int maxBacklog;
    private final Stocks stocks = new Stocks();
    private final StockMaker maker;
    private final StockKeeper keeper;
    private final LeakSearch leaks;

    private volatile boolean isClosed;
    private long steps;

    DefaultAddressSharder(AddressSharderBuilder builder, long nowMillis) {
        executor = builder.executor;
        prefetcher = builder.prefetcher;
        observer = builder.observer;
        records = new AddressRecords(builder.store, builder.callbacks(), observer);
        patienceMillis = builder.patienceMillis();
        maxBacklog = builder.maxBacklog;
        maker = new StockMaker(builder, nowMillis, records::floor);
        maker.configured().forEach(stocks::add);
        keeper = new StockKeeper(builder, stocks, records, this::later, nowMillis);
        leaks = new LeakSearch(builder, records, this::later);
    }

    /** Takes the recorded state; before anything else, on the executor. */
    void restore(List<Allocation> shards, List<Allocation> addresses, StoreContents contents, long now) {
        records.begin(contents.addressFloor());
        new Reopening(stocks, maker, keeper, records).restore(shards, addresses, contents, now);
    }

    @Override
    public CompletionStage<HandOut> take(String subdivision, AddressFamily family, String handle, long now) {
        SubdivisionStock stock = stocks.get(new StockKey(subdivision, family));
        if (stock == null || stock.isRetiring) {
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
                keeper.nowMillis = Math.max(keeper.nowMillis, now);
                if (!isClosed) {
                    keeper.look(stock);
                }
            });
        }
    }

    @Override
    public CompletionStage<Release> release(Allocation address, long now) {
        SubdivisionStock stock = stocks.of(address);
        Allocation released = stock == null ? null : stock.pool.release(address, now);
        if (stock == null || released == null) {
            // Of a subdivision that is gone, all addresses were ended: none is above the floor.
            boolean wasOurs = stock != null || address.sequence() <= records.floor();
            HandOutReason reason = wasOurs ? HandOutReason.NOT_HELD : HandOutReason.UNKNOWN_SUBDIVISION;
            observer.count(reason, 1);
            return CompletableFuture.completedFuture(new Release.Refused(reason));
        }
        return records.released(stock.pool, released);
    }

    @Override
    public CompletionStage<Void> step(long now) {
        return on(() -> {
            keeper.nowMillis = now;
            Parts parts = new Parts();
            parts.each(stocks.all(), keeper::tellDemand);
            parts.run(() -> prefetcher.step(now));
            parts.each(stocks.all(), keeper::foresee);
            if (++steps % STEPS_PER_REBALANCE == 0) {
                parts.run(keeper.cycle::rebalance);
            }
            look(parts);
            if (!isClosed) {
                parts.each(stocks.all(), keeper::resize);
                parts.run(() -> leaks.begin(stocks, now));
            }
            parts.end();
            return null;
        });
    }

    @Override
    public CompletionStage<Void> look(long now) {
        return on(() -> {
            keeper.nowMillis = now;
            Parts parts = new Parts();
            look(parts);
            parts.end();
            return null;
        });
    }

    private void look(Parts parts) {
        keeper.look(parts, isClosed ? List.of() : stocks.all());
        parts.run(() -> leaks.look(keeper.nowMillis));
    }

    @Override
    public CompletionStage<Boolean> add(SubdivisionSettings settings) {
        return on(() -> stocks.add(maker.make(settings)));
    }

    @Override
    public CompletionStage<Boolean> remove(String subdivision, AddressFamily family) {
        return on(() -> {
            SubdivisionStock stock = stocks.get(new StockKey(subdivision, family));
            boolean isThere = stock != null && !stock.isRetiring;
            if (stock != null && isThere) {
                keeper.retire(stock);
                keeper.look(stock);
            }
            return isThere;
        });
    }

    @Override
    public CompletionStage<List<Allocation>> shards() {
        return on(() -> {
            List<Allocation> all = new ArrayList<>();
            keeper.cycle.allocator().forEach(all::add);
            all.sort((one, other) -> one.prefix().compareTo(other.prefix()));
            return all;
        });
    }

    @Override
    public CompletionStage<List<StockReport>> stocks() {
        return on(() -> stocks.all().stream()
                .map(stock -> stock.report(keeper.nowMillis))
                .toList());
    }

    @Override
    public CompletionStage<SpaceReport> space() {
        return on(() -> keeper.cycle.allocator().report());
    }

    @Override
    public GateReport gate() {
        return prefetcher.report();
    }

    @Override
    public void close() {
        isClosed = true;
        later(() -> stocks.all().forEach(stock -> keeper.refuseAll(stock, HandOutReason.CLOSED)));
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
