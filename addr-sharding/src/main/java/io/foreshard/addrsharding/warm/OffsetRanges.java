package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Offsets of a shard that are excluded: ranges apart from each other, in their order. Immutable. */
final class OffsetRanges {

    private final int[] starts;
    /** Behind the last. */
    private final int[] ends;

    private OffsetRanges(List<long[]> apart) {
        starts = apart.stream().mapToInt(range -> (int) range[0]).toArray();
        ends = apart.stream().mapToInt(range -> (int) range[1]).toArray();
    }

    /** Returns what is excluded of a shard, of whose addresses so many are handed out at most. */
    static OffsetRanges of(ExcludedAddresses excluded, Prefix shard, int capacity) {
        List<long[]> ranges = new ArrayList<>();
        ranges.add(new long[] {0, excluded.first()});
        if (shard.log2Size() < Long.SIZE - 2) {
            long size = 1L << shard.log2Size();
            ranges.add(new long[] {Math.max(0, size - excluded.last()), size});
        }
        for (Prefix range : excluded.ranges()) {
            if (range.contains(shard)) {
                ranges.add(new long[] {0, capacity});
            } else if (shard.contains(range)) {
                add(ranges, shard, range, capacity);
            }
        }
        return new OffsetRanges(merged(ranges, capacity));
    }

    private static void add(List<long[]> ranges, Prefix shard, Prefix range, int capacity) {
        Prefix start = range.part(range.family().bits(), 0);
        long offset = shard.indexOf(start);
        // Offsets are unsigned: those from 2^63 on are far beyond what is handed out.
        if (offset >= 0 && offset < capacity) {
            long size = range.log2Size() < Integer.SIZE ? 1L << range.log2Size() : capacity;
            ranges.add(new long[] {offset, offset + size});
        }
    }

    private static List<long[]> merged(List<long[]> ranges, int capacity) {
        ranges.sort(Comparator.comparingLong(range -> range[0]));
        List<long[]> apart = new ArrayList<>();
        for (long[] range : ranges) {
            long start = Math.min(range[0], capacity);
            long end = Math.min(range[1], capacity);
            long[] before = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (before != null && start <= before[1]) {
                before[1] = Math.max(before[1], end);
            } else if (start < end) {
                apart.add(new long[] {start, end});
            }
        }
        return apart;
    }

    boolean has(int offset) {
        if (starts.length == 0) {
            return false;
        }
        int at = Arrays.binarySearch(starts, offset);
        int range = at >= 0 ? at : -at - 2;
        return range >= 0 && offset < ends[range];
    }

    int count() {
        int count = 0;
        for (int i = 0; i < starts.length; i++) {
            count += ends[i] - starts[i];
        }
        return count;
    }
}
