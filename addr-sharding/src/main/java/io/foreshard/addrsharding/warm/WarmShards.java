package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a pool. A place is the number of a shard and the offset of an address in one integer. Guarded by the pool's lock.
 */
final class WarmShards {

    private static final int SLOT_BITS = 20;
    private static final int TICK_MILLIS = 100;

    private final long originMillis;
    private final List<@Nullable WarmShard> byIndex = new ArrayList<>();
    private final NavigableMap<Prefix, WarmShard> byPrefix = new TreeMap<>();
    private final ExcludedAddresses excluded;
    private long neverWarm;

    WarmShards(long originMillis, ExcludedAddresses excluded) {
        this.originMillis = originMillis;
        this.excluded = excluded;
    }

    void add(Prefix prefix) {
        WarmShard below = around(prefix);
        Prefix above = byPrefix.higherKey(prefix);
        boolean isApart =
                (below == null || !below.prefix.overlaps(prefix)) && (above == null || !above.overlaps(prefix));
        Checks.require(isApart, "shard", prefix, "no overlap with another");
        int index = byIndex.indexOf(null);
        if (index < 0) {
            if (byIndex.size() == WarmPool.MAX_SHARDS) {
                throw new IllegalStateException(
                        "shards: " + WarmPool.MAX_SHARDS + " (expected: room for " + prefix + ")");
            }
            index = byIndex.size();
            byIndex.add(null);
        }
        WarmShard shard = new WarmShard(prefix, index, excluded);
        byIndex.set(index, shard);
        byPrefix.put(prefix, shard);
        neverWarm += shard.neverWarm;
    }

    void remove(WarmShard shard) {
        byIndex.set(shard.index, null);
        byPrefix.remove(shard.prefix);
        close(shard);
    }

    /** Hands out nothing of a shard any more. */
    void close(WarmShard shard) {
        if (!shard.isClosed) {
            neverWarm -= shard.neverWarm;
            shard.isClosed = true;
        }
    }

    /** Adds the next offset of a shard, and returns it. */
    private int grow(WarmShard shard) {
        neverWarm -= shard.isClosed ? 0 : shard.neverWarm;
        int slot = shard.grow();
        neverWarm += shard.isClosed ? 0 : shard.neverWarm;
        return slot;
    }

    WarmShard require(Prefix prefix) {
        WarmShard shard = byPrefix.get(prefix);
        if (shard == null) {
            throw new IllegalArgumentException("shard: " + prefix + " (expected: a shard of the pool)");
        }
        return shard;
    }

    private @Nullable WarmShard around(Prefix prefix) {
        Map.Entry<Prefix, WarmShard> below = byPrefix.floorEntry(prefix);
        return below == null ? null : below.getValue();
    }

    /** Takes addresses that were never warm, the lowest shard first. */
    void grow(int most, List<Prefix> into) {
        int left = most;
        for (WarmShard shard : byPrefix.values()) {
            while (left > 0 && !shard.isClosed && shard.neverWarm > 0) {
                int slot = grow(shard);
                if (shard.isUsable(slot)) {
                    into.add(shard.address(slot));
                    left--;
                }
            }
            if (left == 0) {
                return;
            }
        }
    }

    /** Returns the place of an address, and makes room for those below it. */
    int growTo(Prefix address) {
        int place = place(address);
        if (place != PlaceQueue.NONE) {
            WarmShard shard = at(place);
            while (shard.slots <= slot(place)) {
                grow(shard);
            }
        }
        return place;
    }

    /** Shows all places that were never out, and may be. */
    void forEachUntouched(IntConsumer consumer) {
        for (WarmShard shard : byPrefix.values()) {
            for (int slot = 0; slot < shard.slots; slot++) {
                if (shard.sequence[slot] == 0 && shard.isUsable(slot)) {
                    consumer.accept(place(shard.index, slot));
                }
            }
        }
    }

    /** Returns the place of an address, {@link PlaceQueue#NONE} if there is none. */
    int place(Prefix address) {
        WarmShard shard = around(address);
        if (shard == null || !shard.prefix.contains(address) || shard.prefix.indexOf(address) >= shard.capacity) {
            return PlaceQueue.NONE;
        }
        return place(shard.index, (int) shard.prefix.indexOf(address));
    }

    WarmShard at(int place) {
        WarmShard shard = byIndex.get(place >>> SLOT_BITS);
        if (shard == null) {
            throw new IllegalStateException("shard: " + (place >>> SLOT_BITS) + " (expected: not dropped)");
        }
        return shard;
    }

    Prefix address(int place) {
        return at(place).address(slot(place));
    }

    void release(int place, long nowMillis) {
        WarmShard shard = at(place);
        shard.sequence[slot(place)]++;
        shard.out--;
        released(place, nowMillis);
    }

    boolean isUsable(int place) {
        return at(place).isUsable(slot(place));
    }

    void released(int place, long nowMillis) {
        at(place).releasedMillis = Math.max(at(place).releasedMillis, nowMillis);
        long ticks = Math.floorDiv(nowMillis - originMillis + TICK_MILLIS - 1, (long) TICK_MILLIS);
        at(place).released[slot(place)] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, ticks));
    }

    long releasedMillis(int place) {
        return originMillis + (long) at(place).released[slot(place)] * TICK_MILLIS;
    }

    /** Returns how many addresses were never warm, and may be. */
    long neverWarm() {
        return neverWarm;
    }

    private static int place(int shard, int slot) {
        return shard << SLOT_BITS | slot;
    }

    static int slot(int place) {
        return place & ((1 << SLOT_BITS) - 1);
    }
}
