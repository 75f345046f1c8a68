package io.foreshard.addrsharding.journal;

import static io.foreshard.addrsharding.journal.Allocations.address;
import static io.foreshard.addrsharding.journal.Allocations.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is there is read slice by slice, and recording goes on meanwhile. */
class LoadsTest {

    private static final Path UNUSED = Path.of("unused");
    private static final int MANY = 40_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private JournalStore open() throws Exception {
        return JournalStore.builder(UNUSED, tasks::add).open(new MemoryDisk());
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private JournalStore filled(int addresses) throws Exception {
        JournalStore store = open();
        for (int i = 0; i < addresses; i++) {
            store.append(address(text(i), AllocationStatus.CONFIRMED, 1));
        }
        runAll();
        return store;
    }

    private static String text(int index) {
        return "10.0." + (index >> 8) + "." + (index & 255);
    }

    @Test
    void changesAreAcknowledgedWhileAllIsRead() throws Exception {
        JournalStore store = filled(MANY);
        int[] read = new int[1];
        List<Integer> slices = new ArrayList<>();
        CompletableFuture<StoreContents> loaded = store.load(each -> {
                    if (read[0]++ % 5000 == 0) {
                        int asked = read[0];
                        store.append(shard("10.9." + asked / 5000 + ".0/24", AllocationStatus.PENDING, 1))
                                .thenAccept(outcome -> {
                                    assertInstanceOf(AppendOutcome.Committed.class, outcome);
                                    slices.add(read[0] - asked);
                                });
                    }
                })
                .toCompletableFuture();
        runAll();
        assertEquals(MANY, loaded.join().allocations());
        assertEquals(MANY, read[0]);
        assertEquals(MANY / 5000, slices.size());
        slices.forEach(waited -> assertTrue(waited < Loads.SLICE_RECORDS, "waited for " + waited + " of " + MANY));
    }

    @Test
    void whatIsReadIsOfOneRevisionWhateverChangesMeanwhile() throws Exception {
        for (long seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            Churn churn = new Churn(seed, 9000);
            JournalStore store = open();
            Map<String, Allocation> state = new TreeMap<>();
            Map<Long, Map<String, Allocation>> states = new HashMap<>();
            long[] revision = new long[1];
            churn.changes(20_000).forEach(next -> change(store, next, state, revision));
            runAll();
            states.put(revision[0], new TreeMap<>(state));
            Map<String, Allocation> read = new TreeMap<>();
            CompletableFuture<StoreContents> loaded = store.load(each -> {
                        assertEquals(null, read.put(each.kind() + " " + each.prefix(), each), "read twice");
                        for (int i = random.nextInt(8); i > 4; i--) {
                            change(store, churn.next(), state, revision);
                        }
                    })
                    .toCompletableFuture();
            runAll();
            StoreContents contents = loaded.join();
            assertTrue(read.equals(states.get(contents.revision())), "seed " + seed + ": not of that revision");
            assertEquals(contents.allocations(), read.size(), "seed " + seed);
            assertTrue(revision[0] > contents.revision() + 3000, "seed " + seed + ": much has changed meanwhile");
            Map<String, Allocation> after = new TreeMap<>();
            store.load(each -> Allocations.put(after, each));
            runAll();
            assertTrue(after.equals(state), "seed " + seed + ": not what was acknowledged");
        }
    }

    private static void change(JournalStore store, Allocation next, Map<String, Allocation> state, long[] revision) {
        store.append(next).thenAccept(outcome -> {
            Allocations.put(state, next);
            revision[0] = assertInstanceOf(AppendOutcome.Committed.class, outcome)
                    .change()
                    .revision();
        });
    }

    @Test
    void whoFailsHarmsNeitherTheNextNorTheStore() throws Exception {
        JournalStore store = filled(3000);
        int[] read = new int[1];
        CompletableFuture<StoreContents> failing = store.load(each -> {
                    if (++read[0] == 2000) {
                        throw new IllegalStateException("full");
                    }
                })
                .toCompletableFuture();
        CompletableFuture<StoreContents> next = store.load(each -> {}).toCompletableFuture();
        CompletableFuture<AppendOutcome> change =
                store.append(address(text(1), AllocationStatus.FREE, 2)).toCompletableFuture();
        runAll();
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(CompletionException.class, failing::join).getCause());
        assertEquals(2999, next.join().allocations());
        assertInstanceOf(AppendOutcome.Committed.class, change.join());
    }

    @Test
    void whatIsNotReadWhenTheStoreIsClosedFails() throws Exception {
        JournalStore store = filled(MANY);
        CompletableFuture<StoreContents> begun = store.load(each -> {}).toCompletableFuture();
        CompletableFuture<StoreContents> waits = store.load(each -> {}).toCompletableFuture();
        tasks.remove().run();
        assertFalse(begun.isDone());
        store.close();
        CompletableFuture<StoreContents> late = store.load(each -> {}).toCompletableFuture();
        runAll();
        for (CompletableFuture<StoreContents> each : List.of(begun, waits, late)) {
            assertEquals(StoreFailure.Reason.CLOSED, reason(each));
        }
    }

    @Test
    void moreThanMayWaitAreRefused() throws Exception {
        JournalStore store = filled(1);
        List<CompletableFuture<StoreContents>> loads = new ArrayList<>();
        for (int i = 0; i <= Loads.MOST_WAITING; i++) {
            loads.add(store.load(each -> {}).toCompletableFuture());
        }
        runAll();
        assertEquals(StoreFailure.Reason.OVERLOADED, reason(loads.remove(Loads.MOST_WAITING)));
        loads.forEach(load -> assertEquals(1, load.join().allocations()));
    }

    private static StoreFailure.Reason reason(CompletableFuture<StoreContents> load) {
        Throwable cause = assertThrows(CompletionException.class, load::join).getCause();
        return assertInstanceOf(StoreException.class, cause).failure().reason();
    }
}
