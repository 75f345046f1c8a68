package io.foreshard.jmh.shaper.scheduling;

import io.foreshard.jmh.shaper.scheduling.PeerFlow.PeerPacket;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's wheel. It has a thread and a clock of its own, so packets come and leave on that thread, which spares it every hand-over, and
 * flows are so fast that something is always due.
 */
final class HashedWheelCourse implements Course {

    /** The shortest that it takes. */
    private static final long TICK_MILLIS = 1;

    private static final long SPACING_NANOS = 5_000_000;
    private static final int SLOTS = 512;
    private static final int COUNTED = 1024;
    private static final Object MESSAGE = new Object();

    private final HashedWheelTimer timer = new HashedWheelTimer(TICK_MILLIS, TimeUnit.MILLISECONDS, SLOTS);
    private final Traffic traffic;
    private final PeerFlows flows;
    private final Tuple key = new Tuple();
    private final int count;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private @Nullable PeerPacket free;
    private long released;
    private volatile @Nullable Progress progress;

    /** What the timer's thread had done, and the processor time that it had taken, at some moment. */
    private record Progress(long released, long cpuNanos) {}

    HashedWheelCourse(int flows) {
        this.count = flows;
        this.traffic = new Traffic(flows);
        this.flows = new PeerFlows(flows, System::nanoTime);
    }

    @Override
    public Cost run(long packets) throws InterruptedException {
        if (progress == null) {
            start();
        }
        Progress before = awaitProgress(0);
        Progress after = awaitProgress(before.released + packets);
        return new Cost((after.cpuNanos - before.cpuNanos) / (double) (after.released - before.released), Double.NaN);
    }

    private Progress awaitProgress(long atLeast) throws InterruptedException {
        Progress newest = progress;
        while (newest == null || newest.released < atLeast) {
            Thread.sleep(1);
            newest = progress;
        }
        return newest;
    }

    private void start() throws InterruptedException {
        CountDownLatch filled = new CountDownLatch(1);
        timer.newTimeout(
                timeout -> {
                    for (int left = DEPTH * count; left > 0; left--) {
                        offer();
                    }
                    filled.countDown();
                },
                0,
                TimeUnit.NANOSECONDS);
        filled.await();
    }

    private void offer() {
        PeerPacket packet = free;
        if (packet == null) {
            packet = new PeerPacket();
        } else {
            free = packet.next;
            packet.next = null;
        }
        packet.message = MESSAGE;
        PeerFlow flow = flows.find(key.of(traffic.next()));
        flow.append(packet);
        if (flow.head == flow.tail) {
            schedule(flow);
        }
    }

    private void schedule(PeerFlow flow) {
        long now = System.nanoTime();
        flow.departureNanos = Math.max(now, flow.departureNanos + SPACING_NANOS);
        timer.newTimeout(new Departure(flow), flow.departureNanos - now, TimeUnit.NANOSECONDS);
    }

    private final class Departure implements TimerTask {

        private final PeerFlow flow;

        Departure(PeerFlow flow) {
            this.flow = flow;
        }

        @Override
        public void run(Timeout timeout) {
            PeerPacket packet = flow.poll();
            if (packet == null) {
                return;
            }
            packet.message = null;
            packet.next = free;
            free = packet;
            released++;
            if (released % COUNTED == 0) {
                progress = new Progress(released, threads.getCurrentThreadCpuTime());
            }
            if (flow.head != null) {
                schedule(flow);
            }
            offer();
        }
    }
}
