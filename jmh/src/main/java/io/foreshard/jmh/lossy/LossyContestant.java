package io.foreshard.jmh.lossy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Sends messages on a schedule through relays, receives them itself, and writes when each was meant to start and when it was there. */
final class LossyContestant {

    /** From message to message while everything warms up on a path without impairments. */
    private static final long WARM_UP_STEP_NANOS = TimeUnit.SECONDS.toNanos(1) / 150;

    private static final long WARM_UP_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Contents contents = new Contents();
    private final LossyTask task;
    private final Arrivals arrivals;
    private final Inbox inbox;

    private LossyContestant(LossyTask task, Arrivals arrivals) {
        this.task = task;
        this.arrivals = arrivals;
        inbox = new Inbox(contents, task.warmUps() + arrivals.count());
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@link LossyTask}
     */
    public static void main(String[] arguments) throws Exception {
        LossyTask task = LossyTask.parse(arguments);
        new LossyContestant(task, Arrivals.poisson(task.counted(), task.seed())).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Duration roundTrip = Duration.ofMillis(task.rttMillis());
        try (Carrier carrier = task.contender().open(loopback(task.receiverPort()), inbox, roundTrip)) {
            warmUp(carrier.open(loopback(task.cleanPort())));
            run(carrier.open(loopback(task.lossyPort()))).write(task.rows());
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void warmUp(Carrier.Lane lane) throws IOException {
        int left = arrivals.count();
        long limitNanos = task.warmUps() * WARM_UP_STEP_NANOS + WARM_UP_LIMIT_NANOS;
        send(lane, index -> index * WARM_UP_STEP_NANOS, 0, task.warmUps(), System.nanoTime(), limitNanos);
        if (inbox.missing() > left) {
            throw new IOException((inbox.missing() - left) + " messages missing after the warm-up");
        }
    }

    private LossyTimes run(Carrier.Lane lane) throws IOException {
        int count = arrivals.count();
        long limitNanos = arrivals.atNanos(count - 1) + TimeUnit.SECONDS.toNanos(task.limitSeconds());
        long start = System.nanoTime();
        send(lane, arrivals::atNanos, task.warmUps(), count, start, limitNanos);
        if (inbox.faults() > 0) {
            throw new IOException(inbox.faults() + " messages with wrong content");
        }
        return times(start, System.nanoTime());
    }

    /** Sends on time what is taken, until all of it has arrived or time is up. */
    private void send(Carrier.Lane lane, IntToLongFunction starts, int first, int count, long start, long limitNanos) {
        int end = inbox.missing() - count;
        int next = 0;
        for (long now = 0; inbox.missing() > end && now < limitNanos; now = System.nanoTime() - start) {
            while (next < count && starts.applyAsLong(next) <= now && lane.offer(contents.message(first + next))) {
                next++;
            }
            long wait = next < count ? starts.applyAsLong(next) - (System.nanoTime() - start) : LONGEST_PAUSE_NANOS;
            LockSupport.parkNanos(Math.min(Math.max(wait, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS));
        }
    }

    private LossyTimes times(long start, long stop) {
        return new LossyTimes(IntStream.range(0, arrivals.count())
                .mapToObj(index -> time(index, start, stop))
                .toList());
    }

    private LossyTime time(int index, long start, long stop) {
        long arrived = inbox.arrivedNanos(task.warmUps() + index);
        long intended = arrivals.atNanos(index);
        long end = arrived == 0 ? stop : arrived;
        return new LossyTime(intended, end - start - intended, index >= arrivals.warmUp(), arrived != 0);
    }
}
