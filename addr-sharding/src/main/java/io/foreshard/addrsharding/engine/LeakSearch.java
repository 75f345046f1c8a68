package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.allocation.LeakCollector;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.MachineInventory;
import io.foreshard.addrsharding.spi.MachineInventory.Machines;
import io.foreshard.coreapi.EngineObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes addresses back of machines that are gone: seen missing in the inventory twice, a grace apart, and once more when asked for right
 * before. What is taken back is recorded and cools as if it had been released. Confined to the engine's executor.
 */
final class LeakSearch {

    private static final int MOST_AT_ONCE = 1000;
    private static final long LIMIT_MILLIS = 60_000;
    private static final long MOST_AGE_MILLIS = 300_000;
    private static final long MOST_AHEAD_MILLIS = 60_000;

    private final @Nullable MachineInventory inventory;
    private final EngineLimits limits;
    private final AddressRecords records;
    private final EngineObserver observer;
    private final Executor executor;
    private final Map<StockKey, Search> searches = new HashMap<>();

    LeakSearch(AddressSharderBuilder builder, AddressRecords records, Executor executor) {
        limits = builder.limits;
        this.records = records;
        this.executor = executor;
        inventory = builder.inventory;
        observer = builder.observer;
    }

    /** Begins to look at what machines there are, but for those subdivisions that are being looked at already. */
    void begin(Stocks stocks, long nowMillis) {
        MachineInventory asked = inventory;
        if (asked == null) {
            return;
        }
        searches.keySet().removeIf(key -> stocks.get(key) == null);
        for (SubdivisionStock stock : stocks.all()) {
            Search search = searches.computeIfAbsent(stock.key(), x -> new Search());
            search.nowMillis = nowMillis;
            if (!search.call.isOpen()) {
                ask(asked, stock, search, List.of());
            }
        }
    }

    /** Gives up what is not answered. */
    void look(long nowMillis) {
        List.copyOf(searches.values()).forEach(search -> {
            search.nowMillis = nowMillis;
            search.call.look(nowMillis);
        });
    }

    private void ask(MachineInventory asked, SubdivisionStock stock, Search search, List<Allocation> due) {
        SubdivisionSettings settings = stock.settings;
        search.call.begin(() -> asked.machines(settings.subdivision(), settings.family()), (machines, failure) -> {
            if (machines == null) {
                observer.count(EngineReason.INVENTORY_AWAY, 1);
            } else if (isStale(machines, search)) {
                observer.count(EngineReason.INVENTORY_STALE, 1);
            } else if (due.isEmpty()) {
                observe(asked, stock, search, machines);
            } else {
                reclaim(stock, search, due, machines);
            }
        });
    }

    private boolean isStale(Machines machines, Search search) {
        long ageMillis = search.nowMillis - machines.asOfMillis();
        return ageMillis > MOST_AGE_MILLIS || -ageMillis > MOST_AHEAD_MILLIS;
    }

    private void observe(MachineInventory asked, SubdivisionStock stock, Search search, Machines machines) {
        List<Allocation> missing = stock.pool.heldByOthers(machines.handles()::contains, search.nowMillis);
        List<Allocation> due = search.collector.observe(missing, machines.asOfMillis());
        search.observedMillis = machines.asOfMillis();
        if (!due.isEmpty()) {
            ask(asked, stock, search, due);
        }
    }

    private void reclaim(SubdivisionStock stock, Search search, List<Allocation> due, Machines machines) {
        if (machines.asOfMillis() < search.observedMillis) {
            observer.count(EngineReason.INVENTORY_STALE, 1);
            return;
        }
        int begun = 0;
        for (Allocation address : due) {
            boolean isGone = begun < MOST_AT_ONCE && !machines.handles().contains(address.handle());
            Allocation released = isGone ? stock.pool.release(address, search.nowMillis) : null;
            if (released != null) {
                begun++;
                records.released(stock.pool, released).thenAccept(answer -> {
                    if (answer instanceof Release.Done) {
                        stock.reclaimed.increment();
                        observer.count(EngineReason.ADDRESS_RECLAIMED, 1);
                        ReclaimEvent.emit(released, search.observedMillis);
                    }
                });
            }
        }
    }

    private final class Search {

        final LeakCollector collector = limits.leaks();
        final TimedCall<Machines> call = new TimedCall<>(executor, LIMIT_MILLIS);
        long nowMillis;
        long observedMillis;
    }
}
