package io.foreshard.jmh.shaper.scheduling;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Runs a scheduler on a clock of its own: a batch comes, time passes, what is due leaves. The batch's keys are made before the stopwatch
 * starts, as whoever reads packets would have made them.
 */
final class VirtualCourse implements Course {

    /** Time between packets. All flows together have as much of it as comes. */
    static final long GAP_NANOS = 1_000;

    private static final int BATCH = 256;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FlowScheduler scheduler;
    private final Traffic traffic;
    private final int flows;
    private final Tuple[] keys = new Tuple[BATCH];
    private long now;
    private long offered;
    private long nanos;
    private long allocatedBytes;

    VirtualCourse(FlowScheduler scheduler, int flows) {
        this.scheduler = scheduler;
        this.traffic = new Traffic(flows);
        this.flows = flows;
        Arrays.setAll(keys, index -> new Tuple());
        fill();
    }

    /** Flows come one after the other, each with all its packets, so that they leave one after the other too. */
    private void fill() {
        for (int flow = 0; flow < flows; flow++) {
            Tuple key = new Tuple().of(traffic.next());
            for (int packet = 0; packet < DEPTH; packet++) {
                scheduler.offer(key, now);
            }
            now += GAP_NANOS;
        }
        offered = (long) DEPTH * flows;
    }

    /** Returns how many packets may come, so that no more are queued than at the start. */
    private int room() {
        return (int) ((long) DEPTH * flows + scheduler.released() - offered);
    }

    @Override
    public Cost run(long packets) {
        long before = scheduler.released();
        nanos = 0;
        allocatedBytes = 0;
        while (scheduler.released() - before < packets) {
            offer(Math.min(BATCH, room()));
        }
        double count = scheduler.released() - before;
        return new Cost(nanos / count, allocatedBytes / count);
    }

    /** Lets a batch come and what is due leave; returns how many have left since the start. */
    long batch() {
        int packets = Math.min(BATCH, room());
        makeKeys(packets);
        pass(packets);
        return scheduler.released();
    }

    private void offer(int packets) {
        makeKeys(packets);
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        pass(packets);
        nanos += threads.getCurrentThreadCpuTime() - start;
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    }

    private void makeKeys(int packets) {
        for (int index = 0; index < packets; index++) {
            keys[index].of(traffic.next());
        }
    }

    private void pass(int packets) {
        for (int index = 0; index < packets; index++) {
            scheduler.offer(keys[index], now);
        }
        offered += packets;
        now += BATCH * GAP_NANOS;
        scheduler.release(now);
    }
}
