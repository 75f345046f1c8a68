package io.foreshard.jmh.addresses;

import java.util.Arrays;
import java.util.BitSet;

/**
 * RFC 3531 at its best: who comes first begins in the middle of the largest gap, and each goes on right behind what it got last, else right
 * before what it got first of that run. Where both are taken it begins once more in the middle of the largest gap.
 */
final class BisectionPlacement implements GrowthPlacement {

    private final BitSet taken = new BitSet();
    private final int units;
    private final int[] first;
    private final int[] last;

    BisectionPlacement(int units, int subdivisions) {
        this.units = units;
        first = new int[subdivisions];
        last = new int[subdivisions];
        Arrays.fill(first, -1);
    }

    @Override
    public int grow(int subdivision) {
        int unit = place(subdivision);
        taken.set(unit);
        return unit;
    }

    private int place(int subdivision) {
        if (first[subdivision] >= 0) {
            int behind = last[subdivision] + 1;
            if (behind < units && !taken.get(behind)) {
                last[subdivision] = behind;
                return behind;
            }
            int before = first[subdivision] - 1;
            if (before >= 0 && !taken.get(before)) {
                first[subdivision] = before;
                return before;
            }
        }
        int start = middleOfLargestGap();
        first[subdivision] = start;
        last[subdivision] = start;
        return start;
    }

    private int middleOfLargestGap() {
        if (taken.isEmpty()) {
            return 0;
        }
        int widest = 0;
        int middle = -1;
        for (int from = taken.nextClearBit(0); from < units; ) {
            int next = taken.nextSetBit(from);
            int to = next < 0 ? units : next;
            if (to - from > widest) {
                widest = to - from;
                middle = from + widest / 2;
            }
            from = taken.nextClearBit(to);
        }
        return middle;
    }
}
