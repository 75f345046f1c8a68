package io.foreshard.flowsharder.session;

import java.util.Map;
import java.util.TreeMap;

/** Ranges of a stream, ascending and apart. Belongs to one event loop. */
final class Ranges {

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    boolean isEmpty() {
        return ends.isEmpty();
    }

    /** Adds a range, which may lie over others. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long begin = from;
        long end = to;
        Map.Entry<Long, Long> before = ends.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            begin = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> next = ends.ceilingEntry(begin);
                next != null && next.getKey() <= end;
                next = ends.ceilingEntry(begin)) {
            end = Math.max(end, next.getValue());
            ends.remove(next.getKey());
        }
        ends.put(begin, end);
    }

    /** Takes a range out, wherever it lies. */
    void remove(long from, long to) {
        Map.Entry<Long, Long> before = ends.lowerEntry(from);
        if (before != null && before.getValue() > from) {
            ends.put(before.getKey(), from);
            if (before.getValue() > to) {
                ends.put(to, before.getValue());
            }
        }
        for (Map.Entry<Long, Long> next = ends.ceilingEntry(from);
                next != null && next.getKey() < to;
                next = ends.ceilingEntry(from)) {
            ends.remove(next.getKey());
            if (next.getValue() > to) {
                ends.put(to, next.getValue());
            }
        }
    }

    /** Returns where the first range begins; there is one. */
    long firstFrom() {
        return ends.firstKey();
    }

    /** Returns where the first range ends; there is one. */
    long firstTo() {
        return ends.firstEntry().getValue();
    }

    /** Takes all these ranges out of others. */
    void removeFrom(Ranges others) {
        ends.forEach(others::remove);
    }
}
