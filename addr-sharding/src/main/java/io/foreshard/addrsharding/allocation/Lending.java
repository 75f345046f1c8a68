package io.foreshard.addrsharding.allocation;

import java.util.List;
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
