package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.space.BuddySpace;
import io.foreshard.addrsharding.spi.RefusalReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools of one family, and where shards are put in them. */
final class FamilySpace {

    final int unitLength;
    final List<PoolSpace> pools;
    private final Growth growth;
    private final Lending lending;

    FamilySpace(int unitLength, List<PoolSpace> pools, double scarceShare) {
        this.unitLength = unitLength;
        this.pools = List.copyOf(pools);
        growth = new Growth(this.pools, scarceShare);
        lending = new Lending(this.pools);
    }

    long units() {
        long units = 0;
        for (PoolSpace pool : pools) {
            units += pool.units();
        }
        return units;
    }

    boolean has(int length) {
        for (PoolSpace pool : pools) {
            if (length >= pool.prefix.length() && length <= unitLength) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    PoolSpace poolOf(Prefix part) {
        for (PoolSpace pool : pools) {
            if (pool.prefix.contains(part)) {
                return pool;
            }
        }
        return null;
    }

    @Nullable
    Shard shard(Prefix at) {
        PoolSpace pool = poolOf(at);
        return pool == null ? null : pool.shard(at);
    }

    /** Puts a shard where it keeps those of its subdivision in a row as far as possible; null if there is no room. */
    @Nullable
    Shard place(Holding holder, int order) {
        Shard shard = inside(holder, order);
        if (shard == null && growth.reserve(holder, order)) {
            shard = inside(holder, order);
        }
        if (shard == null && lending.makeRoom(holder, order) && growth.reserve(holder, order)) {
            shard = inside(holder, order);
        }
        if (shard == null) {
            shard = lending.borrow(holder, order);
        }
        if (shard == null && lending.gather(holder, order) && growth.reserve(holder, order)) {
            shard = inside(holder, order);
        }
        return shard;
    }

    private static @Nullable Shard inside(Holding holder, int order) {
        for (int i = 0; i < holder.open.size(); i++) {
            Shard shard = take(holder, holder.open.get(i), order);
            if (shard != null) {
                return shard;
            }
        }
        return null;
    }

    /** Takes the lowest block that is free in a reservation; null if there is none. */
    static @Nullable Shard take(Holding holder, Reservation from, int order) {
        boolean mayFit = from.order >= order && from.freeUnits >= 1 << order;
        int unit = mayFit ? from.pool.reserved.firstFree(order, from.start, from.order) : BuddySpace.NONE;
        if (unit == BuddySpace.NONE) {
            return null;
        }
        from.pool.take(from, unit, order);
        Shard shard = new Shard(holder, from.pool, unit, order, from);
        add(shard);
        return shard;
    }

    static void add(Shard shard) {
        shard.pool.shards.put(shard.unit, shard);
        shard.holder.units += shard.units();
    }

    static void free(Shard shard) {
        shard.pool.shards.remove(shard.unit);
        shard.holder.units -= shard.units();
        Reservation reservation = shard.reservation();
        if (reservation == null) {
            shard.pool.free.release(shard.unit, shard.order);
            return;
        }
        shard.pool.giveBack(reservation, shard.unit, shard.order);
        boolean isMissed = reservation.owner.missingUnits() + reservation.units() > 0;
        if (reservation.isUnused() && !isMissed) {
            shard.pool.giveUp(reservation);
        }
    }

    /** Lets all have what a subdivision has reserved beyond what is expected. Returns how many units. */
    static int giveUpUnexpected(Holding holding) {
        int before = holding.reservedUnits;
        for (Reservation reservation : List.copyOf(holding.open)) {
            PoolSpace pool = reservation.pool;
            while (pool.hasFreeHalf(reservation, 0) && -holding.missingUnits() >= reservation.units() / 2) {
                pool.giveUpHalf(reservation);
            }
            if (reservation.isUnused() && -holding.missingUnits() >= reservation.units()) {
                pool.giveUp(reservation);
            }
        }
        return before - holding.reservedUnits;
    }

    /** Reserves what a subdivision is expected to need. Returns how many units. */
    int reserveMissing(Holding holding) {
        return growth.reserveMissing(holding);
    }

    /** Returns why there is no room. */
    RefusalReason refusal(int order) {
        long units = 0;
        boolean isReserved = lending.isGatherable(order);
        for (PoolSpace pool : pools) {
            if (order <= pool.free.maxOrder()) {
                units += pool.free.freeUnits() + pool.reserved.freeUnits();
                isReserved |= pool.reserved.smallestFit(order) != BuddySpace.NONE;
            }
        }
        if (isReserved) {
            return RefusalReason.OUTRANKED;
        }
        return units >= 1L << order ? RefusalReason.FRAGMENTED : RefusalReason.EXHAUSTED;
    }
}
