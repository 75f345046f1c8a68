package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Records allocations in a process of its own, for so many seconds, and leaves the rate and the times in a file. */
final class DurableRun {

    private static final int MOST = 1 << 23;
    private static final int PRODUCERS = 2;
    private static final int NAIVE_RECORD = 64;

    private final long[] nanos = new long[MOST];
    private final AtomicInteger numbers = new AtomicInteger();
    private int acknowledged;
    private long refused;

    private DurableRun() {}

    /**
     * Runs.
     *
     * @param args {@code journal} or {@code naive}, a folder, seconds, how many are in flight, the file for the result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int seconds = Integer.parseInt(args[2]);
        DurableRun run = new DurableRun();
        double rate = args[0].equals("naive")
                ? run.naive(folder, seconds)
                : run.journal(folder, seconds, Integer.parseInt(args[3]));
        long[] sorted = Arrays.copyOf(run.nanos, run.acknowledged);
        Arrays.sort(sorted);
        Files.writeString(Path.of(args[4]), rate + " " + millis(sorted, 0.5) + " " + millis(sorted, 0.99));
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
    }

    private double journal(Path folder, int seconds, int inFlight) throws Exception {
        ExecutorService commits = Executors.newSingleThreadExecutor();
        ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS);
        double rate;
        try (JournalStore store = JournalStore.builder(folder, commits).open()) {
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; i < PRODUCERS; i++) {
                producers.execute(() -> produce(store, end, inFlight / PRODUCERS));
            }
            producers.shutdown();
            if (!producers.awaitTermination(2L * seconds + 60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the producers do not end");
            }
            rate = acknowledged * 1e9 / (System.nanoTime() - start);
        }
        try (JournalStore store = JournalStore.builder(folder, commits).open()) {
            StoreContents left = store.load(each -> {}).toCompletableFuture().join();
            if (left.allocations() != acknowledged || refused > 0) {
                throw new IllegalStateException(
                        left.allocations() + " of " + acknowledged + " are left, " + refused + " were refused");
            }
        } finally {
            commits.shutdown();
        }
        return rate;
    }

    /** Closed loop: a permit is one allocation in flight. */
    private void produce(JournalStore store, long end, int inFlight) {
        Semaphore permits = new Semaphore(inFlight);
        while (System.nanoTime() < end) {
            permits.acquireUninterruptibly();
            int number = numbers.getAndIncrement();
            if (number >= MOST) {
                permits.release();
                break;
            }
            long start = System.nanoTime();
            store.append(NumberedAllocations.get(number)).thenAccept(outcome -> {
                acknowledge(outcome, System.nanoTime() - start);
                permits.release();
            });
        }
        permits.acquireUninterruptibly(inFlight);
    }

    /** All stages complete on the thread of the commits. */
    private void acknowledge(AppendOutcome outcome, long tookNanos) {
        if (outcome instanceof AppendOutcome.Committed) {
            nanos[acknowledged] = tookNanos;
            acknowledged++;
        } else {
            refused++;
        }
    }

    private double naive(Path folder, int seconds) throws IOException, StoreException {
        Files.createDirectories(folder);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (FileChannel file =
                FileChannel.open(folder.resolve("naive"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer record = ByteBuffer.allocateDirect(NAIVE_RECORD);
            for (long now = start; now < end; ) {
                file.write(record.clear());
                file.force(false);
                long then = now;
                now = System.nanoTime();
                nanos[acknowledged] = now - then;
                acknowledged++;
            }
        }
        return acknowledged * 1e9 / (System.nanoTime() - start);
    }
}
