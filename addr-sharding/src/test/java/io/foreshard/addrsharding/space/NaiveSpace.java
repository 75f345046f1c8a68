package io.foreshard.addrsharding.space;

import java.util.BitSet;

/** What {@link BuddySpace} is to do, without regard to time. */
final class NaiveSpace {

    private final int units;
    private final BitSet free;

    NaiveSpace(int units) {
        this.units = units;
        free = new BitSet(units);
        free.set(0, units);
    }

    int freeUnits() {
        return free.cardinality();
    }

    boolean isFree(int unit, int order) {
        return unit + (1 << order) <= units && free.nextClearBit(unit) >= unit + (1 << order);
    }

    boolean isAnyFree(int unit, int order) {
        int next = free.nextSetBit(unit);
        return next >= 0 && next < unit + (1 << order);
    }

    boolean claim(int unit, int order) {
        boolean isFree = isFree(unit, order);
        if (isFree) {
            free.clear(unit, unit + (1 << order));
        }
        return isFree;
    }

    void release(int unit, int order) {
        free.set(unit, unit + (1 << order));
    }

    int assign(int order) {
        for (int fit = order; 1 << fit <= units; fit++) {
            for (int unit = 0; unit + (1 << fit) <= units; unit += 1 << fit) {
                if (isLargest(unit, fit)) {
                    claim(unit, order);
                    return unit;
                }
            }
        }
        return BuddySpace.NONE;
    }

    int firstFree(int order, int from, int rangeOrder) {
        for (int unit = from; unit < from + (1 << rangeOrder); unit += 1 << order) {
            if (isFree(unit, order)) {
                return unit;
            }
        }
        return BuddySpace.NONE;
    }

    long[] freeBlocks(int maxOrder) {
        long[] counts = new long[maxOrder + 1];
        for (int order = 0; order <= maxOrder; order++) {
            for (int unit = 0; unit + (1 << order) <= units; unit += 1 << order) {
                counts[order] += isLargest(unit, order) ? 1 : 0;
            }
        }
        return counts;
    }

    int largestFreeOrder() {
        int largest = BuddySpace.NONE;
        for (int order = 0; 1 << order <= units; order++) {
            largest = hasFree(order) ? order : largest;
        }
        return largest;
    }

    private boolean hasFree(int order) {
        for (int unit = 0; unit + (1 << order) <= units; unit += 1 << order) {
            if (isFree(unit, order)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLargest(int unit, int order) {
        return isFree(unit, order) && !isFree(unit >>> (order + 1) << (order + 1), order + 1);
    }
}
