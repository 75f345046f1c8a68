package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.space.BuddySpace;
import java.util.List;

/**
 * Where a subdivision that has no room left is to grow, out of what is free for all:
 *
 * <ol>
 *   <li>beside a block of its own, so that both merge into one;
 *   <li>if it is forecast how large it becomes, in a block of that size, with as much free behind it while there is plenty;
 *   <li>else in the middle of the largest free block, which leaves most room on both sides (RFC 3531, centermost).
 * </ol>
 *
 * <p>Where space is scarce nothing is reserved but what is asked for.
 */
final class Growth {

    /** How many of its latest blocks are looked at for room beside them. */
    private static final int LATEST = 4;
    /** What is reserved for a forecast is rounded up to this part of its highest power of two, as a logarithm. */
    private static final int ROUNDING = 4;

    /** Which share of a pool is free for all while there is plenty. */
    private static final double AMPLE_SHARE = 0.7;

    private final List<PoolSpace> pools;
    private final double scarceShare;

    Growth(List<PoolSpace> pools, double scarceShare) {
        this.pools = pools;
        this.scarceShare = scarceShare;
    }

    /** Reserves a block of at least an order for a subdivision. Returns whether there was one. */
    boolean reserve(Holding owner, int order) {
        int missing = Math.max(owner.missingUnits(), 0);
        return beside(owner, order, missing) || anywhere(owner, order, missing);
    }

    /** Reserves what a subdivision is still expected to need. Returns how many units. */
    int reserveMissing(Holding owner) {
        int before = owner.reservedUnits;
        int missing = pools.stream().allMatch(this::isScarce) ? 0 : owner.missingUnits();
        while (missing > 0 && reserve(owner, 0) && owner.missingUnits() < missing) {
            missing = owner.missingUnits();
        }
        return owner.reservedUnits - before;
    }

    private boolean isScarce(PoolSpace pool) {
        return pool.takenUnits() > scarceShare * pool.units();
    }

    private static boolean isAmple(PoolSpace pool) {
        return pool.free.freeUnits() > AMPLE_SHARE * pool.units();
    }

    private boolean beside(Holding owner, int order, int missing) {
        int count = owner.reservations.size();
        for (int i = count - 1; i >= Math.max(0, count - LATEST); i--) {
            Reservation own = owner.reservations.get(i);
            if (beside(own, order, missing)) {
                return true;
            }
        }
        return false;
    }

    /** The sibling only: what is farther off rarely merges, and takes the room beside others. */
    private boolean beside(Reservation own, int order, int missing) {
        PoolSpace pool = own.pool;
        int sibling = own.start ^ own.units();
        if (own.order < order || sibling + own.units() > pool.units()) {
            return false;
        }
        int unit = pool.free.firstFree(order, sibling, own.order);
        if (unit == BuddySpace.NONE) {
            return false;
        }
        int wanted = isScarce(pool) ? order : log2(Math.max(missing, own.units()));
        int wide = order;
        while (wide < Math.min(wanted, own.order) && isFree(pool, unit, wide + 1)) {
            wide++;
        }
        claim(own.owner, pool, unit, wide);
        return true;
    }

    private static boolean isFree(PoolSpace pool, int unit, int order) {
        return (unit & (1 << order) - 1) == 0 && pool.free.isFree(unit, order);
    }

    private boolean anywhere(Holding owner, int order, int missing) {
        for (PoolSpace pool : pools) {
            if (pool.free.largestFreeOrder() >= order && !isScarce(pool) && missing > 0) {
                return forecast(owner, pool, order, missing);
            }
        }
        for (PoolSpace pool : pools) {
            if (pool.free.largestFreeOrder() >= order) {
                return sparse(owner, pool, order);
            }
        }
        return false;
    }

    private boolean forecast(Holding owner, PoolSpace pool, int order, int missing) {
        int largest = pool.free.largestFreeOrder();
        int size = Math.max(order, Math.min(largest, log2(2 * Math.max(1, missing) - 1)));
        int unit = pool.free.find(size < largest && isAmple(pool) ? size + 1 : size);
        int left = Math.max(1 << order, Math.min(missing, 1 << size));
        int smallest = Math.max(order, size - ROUNDING);
        for (int part = size; part >= smallest && left > 0; part--) {
            if (left >= 1 << part || part == smallest) {
                claim(owner, pool, unit, part);
                unit += 1 << part;
                left -= 1 << part;
            }
        }
        return true;
    }

    private static boolean sparse(Holding owner, PoolSpace pool, int order) {
        int largest = pool.free.largestFreeOrder();
        int unit = pool.free.find(largest);
        boolean isFirst = pool.free.freeUnits() == pool.units();
        claim(owner, pool, isFirst || largest == order ? unit : unit + (1 << (largest - 1)), order);
        return true;
    }

    private static void claim(Holding owner, PoolSpace pool, int unit, int order) {
        if (!pool.free.claim(unit, order)) {
            throw new AssertionError("unit " + unit + " of order " + order + " is not free");
        }
        pool.reserve(owner, unit, order);
    }

    private static int log2(int units) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units);
    }
}
