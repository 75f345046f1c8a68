package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.lossy.Percentile;
import io.foreshard.jmh.run.Schedule;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What arrived, counted at the receiver, each packet once. Not safe for use by several threads. */
final class MiceTally {

    private Schedule schedule = new Schedule(0, 0, 0, 0, 0);
    private final BitSet elephantNumbers = new BitSet();
    private final BitSet[] miceNumbers;
    private final long[] lastNanos;
    private long[] miceNanos = new long[1 << 12];
    private int mice;
    private double jitterSum;
    private long jitters;
    private long[] elephantNanos = new long[1 << 12];
    private int elephant;

    MiceTally(int flows) {
        miceNumbers =
                IntStream.rangeClosed(0, flows).mapToObj(flow -> new BitSet()).toArray(BitSet[]::new);
        lastNanos = new long[flows + 1];
    }

    /** Says what counts, before which nothing does. */
    void count(Schedule counted) {
        schedule = counted;
    }

    /** Takes a packet that was due then and arrived now. */
    void arrived(int flow, long number, long dueNanos, long nowNanos) {
        if (flow == Packet.ELEPHANT) {
            elephant(number, dueNanos, nowNanos);
        } else if (flow < miceNumbers.length && schedule.counts(dueNanos)) {
            mouse(flow, number, nowNanos - dueNanos);
        }
    }

    /** What arrives in time that counts is goodput, whenever it was due. */
    private void elephant(long number, long dueNanos, long nowNanos) {
        if (isNew(elephantNumbers, number) && schedule.counts(nowNanos)) {
            elephantNanos = room(elephantNanos, elephant);
            elephantNanos[elephant++] = nowNanos - dueNanos;
        }
    }

    private void mouse(int flow, long number, long tookNanos) {
        if (!isNew(miceNumbers[flow], number)) {
            return;
        }
        miceNanos = room(miceNanos, mice);
        miceNanos[mice++] = tookNanos;
        if (lastNanos[flow] != 0) {
            jitterSum += Math.abs(tookNanos - lastNanos[flow]);
            jitters++;
        }
        lastNanos[flow] = tookNanos;
    }

    private static boolean isNew(BitSet numbers, long number) {
        int bit = (int) number;
        boolean isNew = !numbers.get(bit);
        numbers.set(bit);
        return isNew;
    }

    private static long[] room(long[] values, int used) {
        return used == values.length ? Arrays.copyOf(values, 2 * used) : values;
    }

    long miceArrived() {
        return mice;
    }

    double miceNanos(double percent) {
        return Percentile.of(LongStream.of(miceNanos).limit(mice), percent);
    }

    /** Returns the mean difference between successive packets of a mouse, as in RFC 3550 before its smoothing. */
    double jitterNanos() {
        return jitterSum / jitters;
    }

    long elephantArrived() {
        return elephant;
    }

    double elephantMegabits() {
        return elephant * 8.0 * Packet.ELEPHANT_BYTES / schedule.seconds() / 1e6;
    }

    double elephantNanos(double percent) {
        return Percentile.of(LongStream.of(elephantNanos).limit(elephant), percent);
    }
}
