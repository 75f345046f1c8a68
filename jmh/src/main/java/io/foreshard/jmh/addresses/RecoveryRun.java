package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Fills a store, or opens it in a Java machine that has just begun, and leaves the time in a file. */
final class RecoveryRun {

    private static final int IN_FLIGHT = 4000;

    private RecoveryRun() {}

    /**
     * Runs.
     *
     * @param args {@code fill} or {@code open}, the folder, how many allocations, bytes of the journal before a snapshot, the file for the
     *     result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int count = Integer.parseInt(args[2]);
        ExecutorService commits = Executors.newSingleThreadExecutor();
        long start = System.nanoTime();
        try (JournalStore store = JournalStore.builder(folder, commits)
                .journalBytes(Long.parseLong(args[3]))
                .open()) {
            double millis = (System.nanoTime() - start) / 1e6;
            if (args[0].equals("fill")) {
                fill(store, count);
            } else {
                check(store, count);
                Files.writeString(Path.of(args[4]), millis + " " + store.memoryBytes());
            }
        } finally {
            commits.shutdown();
        }
    }

    private static void fill(JournalStore store, int count) {
        Semaphore permits = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < count; i++) {
            permits.acquireUninterruptibly();
            store.append(NumberedAllocations.get(i)).thenAccept(outcome -> {
                if (outcome instanceof AppendOutcome.Committed) {
                    permits.release();
                }
            });
        }
        permits.acquireUninterruptibly(IN_FLIGHT);
        store.close();
    }

    private static void check(JournalStore store, int count) {
        StoreContents contents = store.load(each -> {}).toCompletableFuture().join();
        if (contents.allocations() != count || contents.revision() != count) {
            throw new IllegalStateException("expected " + count + ", but there is " + contents);
        }
    }
}
