package io.foreshard.jmh.shaper.scheduling;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;

/** Reads records in an order in which none can be foreseen: each says which is the next. */
final class RecordTouches {

    private static final int LONGS = 14;
    private static final long SEED = 3;

    private final long[] records;
    private long at;

    /** Makes records of 112 bytes, linked in one random cycle (Sattolo, Inf. Process. Lett. 22, 1986). */
    RecordTouches(int count) {
        int[] cycle = new int[count];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int index = 0; index < count; index++) {
            cycle[index] = index;
        }
        for (int index = count - 1; index > 0; index--) {
            int other = random.nextInt(index);
            int kept = cycle[index];
            cycle[index] = cycle[other];
            cycle[other] = kept;
        }
        records = new long[count * LONGS];
        for (int index = 0; index < count; index++) {
            records[index * LONGS] = (long) cycle[index] * LONGS;
        }
    }

    /** Returns how long one takes, in nanoseconds of processor time. */
    double nanos(long touches) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        walk(touches / 2);
        long start = threads.getCurrentThreadCpuTime();
        walk(touches);
        return (threads.getCurrentThreadCpuTime() - start) / (double) touches;
    }

    private void walk(long touches) {
        long place = at;
        for (long left = touches; left > 0; left--) {
            place = records[(int) place];
        }
        at = place;
    }
}
