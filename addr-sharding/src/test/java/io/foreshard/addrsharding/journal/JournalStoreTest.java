package io.foreshard.addrsharding.journal;

import static io.foreshard.addrsharding.journal.Allocations.append;
import static io.foreshard.addrsharding.journal.Allocations.commit;
import static io.foreshard.addrsharding.journal.Allocations.shard;
import static io.foreshard.addrsharding.journal.Allocations.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {

    private static final String PREFIX = "10.0.0.0/24";

    @TempDir
    Path directory;

    private final MemoryDisk disk = new MemoryDisk();

    private JournalStore open() throws Exception {
        return JournalStore.builder(directory, Runnable::run).open(disk);
    }

    @Test
    void acknowledgedChangesAreThereAfterReopeningARealDirectory() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Allocation pending = shard(PREFIX, AllocationStatus.PENDING, 1);
            Allocation address = Allocations.address("2001:db8::7", AllocationStatus.CONFIRMED, 1);
            try (JournalStore store = JournalStore.builder(directory, executor).open()) {
                assertEquals(new AllocationChange(1, pending, 0), commit(store, pending));
                assertEquals(2, commit(store, address).revision());
            }
            try (JournalStore store = JournalStore.builder(directory, executor).open()) {
                assertEquals(List.of(address, pending), List.copyOf(state(store).values()));
                assertEquals(
                        3,
                        commit(store, shard(PREFIX, AllocationStatus.CONFIRMED, 2))
                                .revision());
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aChangeThatExpectsSomethingElseIsAConflictWithWhatStands() throws Exception {
        try (JournalStore store = open()) {
            Allocation mine = shard(PREFIX, "mine", AllocationStatus.PENDING, 1, 10);
            commit(store, mine);
            AppendOutcome outcome = append(store, shard(PREFIX, "yours", AllocationStatus.PENDING, 1, 11));
            assertEquals(new AppendOutcome.Conflict(Optional.of(mine), 0), outcome);
            assertEquals(List.of(mine), List.copyOf(state(store).values()));
        }
    }

    @Test
    void whatIsFreeCannotBeFreed() throws Exception {
        try (JournalStore store = open()) {
            AppendOutcome outcome = append(store, shard(PREFIX, AllocationStatus.FREE, 1));
            assertEquals(new AppendOutcome.Conflict(Optional.empty(), 0), outcome);
        }
    }

    @Test
    void aLateChangeOfAFormerOwnerIsAConflictAlsoAfterReopening() throws Exception {
        try (JournalStore store = open()) {
            commit(store, shard(PREFIX, AllocationStatus.CONFIRMED, 1));
            commit(store, shard(PREFIX, AllocationStatus.FREE, 2));
        }
        try (JournalStore store = open()) {
            AppendOutcome late = append(store, shard(PREFIX, AllocationStatus.DRAINING, 2));
            assertEquals(new AppendOutcome.Conflict(Optional.empty(), 2), late);
            StoreContents contents = Allocations.await(store.load(each -> {}).toCompletableFuture());
            assertEquals(2, contents.floor(AllocationKind.SHARD));
            assertEquals(0, contents.floor(AllocationKind.ADDRESS));
            commit(store, shard(PREFIX, AllocationStatus.PENDING, 3));
        }
    }

    @Test
    void aChangeMayBuildUponOneThatIsStillOnItsWay() throws Exception {
        Queue<Runnable> tasks = new ArrayDeque<>();
        JournalStore store = JournalStore.builder(directory, tasks::add).open(disk);
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (Allocation next : List.of(
                shard(PREFIX, AllocationStatus.PENDING, 1),
                shard(PREFIX, AllocationStatus.CONFIRMED, 2),
                shard(PREFIX, AllocationStatus.FREE, 3),
                shard(PREFIX, AllocationStatus.PENDING, 2),
                shard(PREFIX, AllocationStatus.PENDING, 4))) {
            outcomes.add(store.append(next).toCompletableFuture());
        }
        assertFalse(outcomes.get(0).isDone(), "acknowledged before it is durable");
        assertEquals(1, tasks.size(), "one task at a time");
        tasks.remove().run();
        for (int i : new int[] {0, 1, 2, 4}) {
            assertInstanceOf(AppendOutcome.Committed.class, outcomes.get(i).join());
        }
        assertEquals(
                new AppendOutcome.Conflict(Optional.empty(), 3), outcomes.get(3).join());
        store.close();
    }

    @Test
    void whoWatchesAndThenLoadsMissesNothing() throws Exception {
        try (JournalStore store = open()) {
            commit(store, shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
            List<AllocationChange> seen = new ArrayList<>();
            AllocationStore.Watch watch = store.watch(seen::add);
            StoreContents contents = Allocations.await(store.load(each -> {}).toCompletableFuture());
            assertEquals(new StoreContents(1, 1, 0, 0), contents);
            AllocationChange second = commit(store, shard(PREFIX, AllocationStatus.PENDING, 1));
            AllocationChange third = commit(store, shard(PREFIX, AllocationStatus.CONFIRMED, 2));
            watch.close();
            commit(store, shard(PREFIX, AllocationStatus.DRAINING, 3));
            assertEquals(List.of(second, third), seen);
        }
    }

    @Test
    void aListenerThatFailsStopsNobody() throws Exception {
        try (JournalStore store = open()) {
            store.watch(change -> {
                throw new IllegalStateException("thrown by a test");
            });
            assertEquals(
                    1, commit(store, shard(PREFIX, AllocationStatus.PENDING, 1)).revision());
        }
    }

    @Test
    void changesBeyondTheQueueAreRefusedAsOverload() throws Exception {
        Queue<Runnable> tasks = new ArrayDeque<>();
        JournalStore store =
                JournalStore.builder(directory, tasks::add).waitingChanges(2).open(disk);
        store.append(shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
        store.append(shard("10.0.2.0/24", AllocationStatus.PENDING, 1));
        AppendOutcome third = append(store, shard("10.0.3.0/24", AllocationStatus.PENDING, 1));
        assertEquals(StoreFailure.Reason.OVERLOADED, reason(third));
        store.close();
        try (JournalStore again = open()) {
            assertEquals(2, state(again).size(), "close records what waits");
        }
    }

    @Test
    void allocationsBeyondTheLimitAreRefused() throws Exception {
        try (JournalStore store = JournalStore.builder(directory, Runnable::run)
                .mostAllocations(1)
                .open(disk)) {
            commit(store, shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
            AppendOutcome second = append(store, shard("10.0.2.0/24", AllocationStatus.PENDING, 1));
            assertEquals(StoreFailure.Reason.LIMIT, reason(second));
            commit(store, shard("10.0.1.0/24", AllocationStatus.FREE, 2));
            commit(store, shard("10.0.2.0/24", AllocationStatus.PENDING, 3));
        }
    }

    @Test
    void namesThatWouldNotComeBackAreRefused() throws Exception {
        try (JournalStore store = open()) {
            for (String handle : List.of("é".repeat(128), "\ud800")) {
                Allocation bad = shard(PREFIX, handle, AllocationStatus.PENDING, 1, 1);
                assertThrows(IllegalArgumentException.class, () -> store.append(bad));
            }
            commit(store, shard(PREFIX, "é".repeat(127), AllocationStatus.PENDING, 1, 1));
        }
        try (JournalStore store = open()) {
            assertEquals(
                    "é".repeat(127), state(store).values().iterator().next().handle());
        }
    }

    @Test
    void whatComesAfterCloseIsRefused() throws Exception {
        JournalStore store = open();
        store.close();
        store.close();
        assertEquals(StoreFailure.Reason.CLOSED, reason(append(store, shard(PREFIX, AllocationStatus.PENDING, 1))));
        assertFalse(store.lease().isHeld());
        assertEquals(
                StoreFailure.Reason.CLOSED,
                Allocations.await(store.lease().ended().toCompletableFuture()).reason());
    }

    @Test
    void aStageMayCloseTheStore() throws Exception {
        JournalStore store = open();
        store.append(shard(PREFIX, AllocationStatus.PENDING, 1)).thenRun(store::close);
        assertFalse(store.lease().isHeld());
        try (JournalStore again = open()) {
            assertEquals(1, state(again).size());
        }
    }

    @Test
    void anExecutorThatTakesNoTasksIsAReason() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        JournalStore store = JournalStore.builder(directory, executor).open(disk);
        executor.shutdown();
        assertEquals(StoreFailure.Reason.CLOSED, reason(append(store, shard(PREFIX, AllocationStatus.PENDING, 1))));
        store.close();
    }

    @Test
    void randomChangesGiveTheStateOfAModelAlsoAfterReopening() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            MemoryDisk own = new MemoryDisk();
            Churn churn = new Churn(seed, 300);
            TreeMap<String, Allocation> model = new TreeMap<>();
            for (int round = 0; round < 4; round++) {
                try (JournalStore store = JournalStore.builder(directory, Runnable::run)
                        .journalBytes(64 << 10)
                        .groupBytes(4096)
                        .open(own)) {
                    assertEquals(model, state(store), "seed " + seed);
                    for (Allocation next : churn.changes(2500)) {
                        commit(store, next);
                        Allocations.put(model, next);
                    }
                    assertEquals(model, state(store), "seed " + seed);
                    assertTrue(store.snapshots() > 0, "seed " + seed);
                }
            }
        }
    }

    private static StoreFailure.Reason reason(AppendOutcome outcome) {
        return assertInstanceOf(AppendOutcome.Unavailable.class, outcome)
                .failure()
                .reason();
    }
}
