package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.space.BuddySpace;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What reservations do when space runs out: they are soft, so nobody is refused what another only might need. Those of the lowest priority
 * make room first, and none does for a lower one.
 */
final class Lending {

    private final List<PoolSpace> pools;

    Lending(List<PoolSpace> pools) {
        this.pools = pools;
    }

    /** Halves the reservation that has most to give until a block of an order is free for all. Returns whether one is. */
    boolean makeRoom(Holding holder, int order) {
        for (int priority = 0; priority <= holder.policy.priority(); priority++) {
            for (PoolSpace pool : pools) {
                Reservation lender = mostToGive(pool, priority, order);
                while (lender != null && !halve(lender, order)) {
                    lender = mostToGive(pool, priority, order);
                }
                if (lender != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Reservation mostToGive(PoolSpace pool, int priority, int order) {
        List<Reservation> lenders = pool.lenders(priority);
        Reservation most = null;
        for (int i = 0; i < lenders.size(); i++) {
            Reservation lender = lenders.get(i);
            if ((most == null || lender.freeUnits > most.freeUnits) && pool.hasFreeHalf(lender, order)) {
                most = lender;
            }
        }
        return most;
    }

    /** Returns whether that made room. */
    private static boolean halve(Reservation lender, int order) {
        PoolSpace pool = lender.pool;
        while (pool.free.largestFreeOrder() < order && pool.hasFreeHalf(lender, order)) {
            pool.giveUpHalf(lender);
        }
        return pool.free.largestFreeOrder() >= order;
    }

    /**
     * Lets all have unused reservations that are smaller than an order, where together with what is free for all they are a block of it.
     * Returns whether there is one now.
     */
    boolean gather(Holding holder, int order) {
        for (int priority = 0; priority <= holder.policy.priority(); priority++) {
            for (PoolSpace pool : pools) {
                int unit = gatherable(pool, order, priority);
                if (unit != BuddySpace.NONE) {
                    List.copyOf(within(pool, unit, order).values()).forEach(pool::giveUp);
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether {@link #gather} could, were it not for priorities. */
    boolean isGatherable(int order) {
        return pools.stream()
                .anyMatch(pool -> gatherable(pool, order, SubdivisionPolicy.MAX_PRIORITY) != BuddySpace.NONE);
    }

    private static int gatherable(PoolSpace pool, int order, int mostPriority) {
        long size = 1L << order;
        if (order > pool.free.maxOrder() || pool.free.freeUnits() + (long) pool.reserved.freeUnits() < size) {
            return BuddySpace.NONE;
        }
        for (int priority = 0; priority <= mostPriority; priority++) {
            List<Reservation> lenders = pool.lenders(priority);
            for (int i = 0; i < lenders.size(); i++) {
                Reservation lender = lenders.get(i);
                int unit = lender.start & -(1 << order);
                if (lender.order < order && lender.isUnused() && isGatherable(pool, unit, order, mostPriority)) {
                    return unit;
                }
            }
        }
        return BuddySpace.NONE;
    }

    private static boolean isGatherable(PoolSpace pool, int unit, int order, int mostPriority) {
        if (pool.free.isFree(unit, order)) {
            return true;
        }
        if (pool.reserved.isFree(unit, order)) {
            return within(pool, unit, order).values().stream()
                    .allMatch(reservation -> reservation.owner.policy.priority() <= mostPriority);
        }
        return order > 0
                && isGatherable(pool, unit, order - 1, mostPriority)
                && isGatherable(pool, unit + (1 << (order - 1)), order - 1, mostPriority);
    }

    /** Returns the reservations that a block is part of, or that are part of it. */
    private static NavigableMap<Integer, Reservation> within(PoolSpace pool, int unit, int order) {
        Integer below = pool.reservations.floorKey(unit);
        return pool.reservations.subMap(below == null ? unit : below, true, unit + (1 << order) - 1, true);
    }

    /** Takes a block within the reservation of another; null if there is none. */
    @Nullable
    Shard borrow(Holding holder, int order) {
        for (int priority = 0; priority <= holder.policy.priority(); priority++) {
            for (PoolSpace pool : pools) {
                List<Reservation> lenders = pool.lenders(priority);
                for (int i = 0; i < lenders.size(); i++) {
                    Shard shard = FamilySpace.take(holder, lenders.get(i), order);
                    if (shard != null) {
                        return shard;
                    }
                }
            }
        }
        return null;
    }
}
