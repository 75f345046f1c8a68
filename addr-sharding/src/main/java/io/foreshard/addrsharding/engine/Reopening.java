package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.warm.WarmPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the recorded state: a crash may have come between any two steps. Shards that drain are withdrawn and given back, but not before their
 * addresses are recorded as nobody's; subdivisions that are not configured any more are retired or adopted.
 */
final class Reopening {

    private final Stocks stocks;
    private final StockMaker maker;
    private final StockKeeper keeper;
    private final AddressRecords records;
    /** Shards that drain. */
    private final NavigableMap<Prefix, Allocation> draining = new TreeMap<>();
    /** Recorded addresses of shards that drain. */
    private final Map<Prefix, List<Allocation>> left = new HashMap<>();

    Reopening(Stocks stocks, StockMaker maker, StockKeeper keeper, AddressRecords records) {
        this.stocks = stocks;
        this.maker = maker;
        this.keeper = keeper;
        this.records = records;
    }

    void restore(List<Allocation> shards, List<Allocation> addresses, StoreContents contents, long nowMillis) {
        keeper.nowMillis = nowMillis;
        addresses.sort(Comparator.comparingLong(Allocation::sinceMillis));
        for (Allocation shard : shards) {
            if (shard.status() == AllocationStatus.DRAINING) {
                draining.put(shard.prefix(), shard);
            }
        }
        for (Allocation address : addresses) {
            Prefix shard = draining.floorKey(address.prefix());
            if (shard != null && shard.contains(address.prefix())) {
                left.computeIfAbsent(shard, x -> new ArrayList<>()).add(address);
            }
        }
        former(shards).forEach((key, settings) -> addFormer(key, settings, shards));
        keeper.cycle.restore(
                shards, left.keySet(), announced(), Math.max(contents.revision(), contents.shardFloor()), nowMillis);
        left.forEach(this::restoreLeft);
        addresses.forEach(this::restore);
        stocks.all().forEach(stock -> stock.pool.restored());
        new ArrayList<>(stocks.all()).forEach(keeper::look);
    }

    /** Returns draining shards that machines still have addresses of, and time. One that is configured again has it anew. */
    private Set<Prefix> announced() {
        return draining.values().stream()
                .filter(shard -> isHeld(shard.prefix()) && isInTime(shard, stocks.of(shard)))
                .map(Allocation::prefix)
                .collect(Collectors.toSet());
    }

    private boolean isInTime(Allocation shard, @Nullable SubdivisionStock stock) {
        return stock != null && (!stock.isRetiring || !keeper.retirement.isOverdue(shard, keeper.nowMillis));
    }

    /** Returns subdivisions that are not configured, with what they have. */
    private Map<StockKey, SubdivisionSettings> former(List<Allocation> shards) {
        Map<StockKey, Integer> counts = new LinkedHashMap<>();
        Map<StockKey, Integer> lengths = new HashMap<>();
        for (Allocation shard : shards) {
            boolean isUsed = shard.status() == AllocationStatus.CONFIRMED || isHeld(shard.prefix());
            if (isUsed && stocks.of(shard) == null) {
                counts.merge(StockKey.of(shard), 1, Integer::sum);
                lengths.merge(StockKey.of(shard), shard.prefix().length(), Math::max);
            }
        }
        Map<StockKey, SubdivisionSettings> former = new LinkedHashMap<>();
        counts.forEach((key, count) -> former.put(
                key,
                new SubdivisionSettings(
                        key.subdivision(),
                        key.family(),
                        Math.max(1, lengths.getOrDefault(key, key.family().bits())),
                        Math.min(WarmPool.MAX_SHARDS, count))));
        return former;
    }

    private boolean isHeld(Prefix shard) {
        return left.getOrDefault(shard, List.of()).stream()
                .anyMatch(address -> address.status() == AllocationStatus.CONFIRMED);
    }

    /** One whose shards all drain was on its way out before. */
    private void addFormer(StockKey key, SubdivisionSettings settings, List<Allocation> shards) {
        SubdivisionStock stock = maker.make(settings);
        stocks.add(stock);
        boolean isInUse = shards.stream()
                .anyMatch(shard -> StockKey.of(shard).equals(key) && shard.status() == AllocationStatus.CONFIRMED);
        if (maker.former() == FormerSubdivisions.RETIRE || !isInUse) {
            keeper.retire(stock);
        }
    }

    private void restoreLeft(Prefix prefix, List<Allocation> addresses) {
        Allocation shard = draining.get(prefix);
        SubdivisionStock stock = shard == null ? null : stocks.of(shard);
        if (shard != null && stock != null && isHeld(prefix)) {
            Allocation usedOn = stock.isRetiring ? null : keeper.cycle.useOn(shard);
            stock.shardCame(usedOn == null ? shard : usedOn);
            if (usedOn == null) {
                stock.shardIsClosed(shard);
            }
        } else {
            List<Allocation> free = addresses.stream().map(this::ended).toList();
            keeper.cycle.vacate(prefix, free, keeper.nowMillis);
        }
    }

    /** An address outlives its shard in the records only where a crash came between the two. */
    private void restore(Allocation address) {
        SubdivisionStock stock = stocks.of(address);
        Prefix shard = stock == null ? null : shardOf(stock, address.prefix());
        if (stock != null && shard != null) {
            stock.pool.restore(address);
        } else if (address.status() == AllocationStatus.COOLING && !isLeft(address.prefix())) {
            keeper.cycle.endAddress(ended(address));
        }
    }

    private boolean isLeft(Prefix address) {
        Prefix shard = draining.floorKey(address);
        return shard != null && shard.contains(address);
    }

    private static @Nullable Prefix shardOf(SubdivisionStock stock, Prefix address) {
        Prefix usable = stock.shards.floorKey(address);
        Prefix closed = stock.closed.floorKey(address);
        if (usable != null && usable.contains(address)) {
            return usable;
        }
        return closed != null && closed.contains(address) ? closed : null;
    }

    private Allocation ended(Allocation address) {
        Allocation free = new Allocation(
                address.kind(),
                address.prefix(),
                address.subdivision(),
                address.handle(),
                AllocationStatus.FREE,
                address.sequence() + 1,
                keeper.nowMillis);
        records.ended(free);
        return free;
    }
}
