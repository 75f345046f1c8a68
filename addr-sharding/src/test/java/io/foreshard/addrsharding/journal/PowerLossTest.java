package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A disk that loses its power or refuses: what was acknowledged is there afterwards, and what was refused is not. */
class PowerLossTest {

    private static final String PREFIX = "10.0.0.0/24";
    /** Bytes of a group that holds one shard of {@link #PREFIX}. */
    private static final int GROUP_OF_ONE = 81;

    private static final Path UNUSED = Path.of("unused");

    /** The force fails as the power goes; then the disk has any sectors of what was not forced, and any of the changes to its directory. */
    @Test
    void whateverSectorsReachTheDiskAcknowledgedChangesAreThere() throws Exception {
        int withTheLastGroup = 0;
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            Churn churn = new Churn(seed, 100);
            MemoryDisk disk = new MemoryDisk();
            Map<String, Allocation> state = new TreeMap<>();
            for (int life = 0; life < 4; life++) {
                List<Runnable> tasks = new ArrayList<>();
                JournalStore store = open(disk, tasks);
                assertEquals(state, Allocations.state(load(store, tasks)), "seed " + seed);
                recordGroups(store, tasks, churn, random.nextInt(60), state);
                Map<String, Allocation> attempted = new TreeMap<>(state);
                disk.forceFails(true);
                List<CompletableFuture<AppendOutcome>> last = submit(store, churn, 1 + random.nextInt(9), attempted);
                runAll(tasks);
                last.forEach(outcome -> assertTrue(inDoubt(outcome.join())));
                disk = disk.afterPowerLoss(random);
                Map<String, Allocation> left = recover(disk.afterKill(), seed);
                boolean isIn = left.equals(attempted);
                assertTrue(isIn || left.equals(state), "seed " + seed);
                withTheLastGroup += isIn ? 1 : 0;
                if (!isIn) {
                    // What was in doubt is lost, so this history ends here.
                    break;
                }
                state = attempted;
            }
        }
        assertTrue(withTheLastGroup > 10, "only " + withTheLastGroup + " cases reached the disk");
    }

    @Test
    void theDirectoryIsLostOrKeptButNeverHalf() throws Exception {
        for (long seed = 1; seed <= 15; seed++) {
            Random random = new Random(seed);
            Churn churn = new Churn(seed, 600);
            MemoryDisk disk = new MemoryDisk();
            List<Runnable> tasks = new ArrayList<>();
            JournalStore store = open(disk, tasks);
            Map<String, Allocation> state = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                recordGroups(store, tasks, churn, 1, state);
                if (random.nextInt(10) == 0) {
                    assertEquals(state, recover(disk.afterPowerLoss(random), seed), "seed " + seed + ", group " + i);
                }
            }
        }
    }

    @Test
    void aFullDiskIsAReasonAndTheStoreGoesOnWhenThereIsSpace() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        JournalStore store = JournalStore.builder(UNUSED, Runnable::run).open(disk);
        Allocations.commit(store, Allocations.shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
        for (int space = 0; space < GROUP_OF_ONE; space++) {
            disk.space(space);
            AppendOutcome outcome = Allocations.append(store, Allocations.shard(PREFIX, AllocationStatus.PENDING, 1));
            var refused = assertInstanceOf(AppendOutcome.Unavailable.class, outcome, "space " + space);
            assertEquals(StoreFailure.Reason.IO, refused.failure().reason());
            assertTrue(
                    refused.failure().detail().contains("No space left"),
                    refused.failure().detail());
            assertTrue(!refused.inDoubt() && store.lease().isHeld());
            assertEquals(1, recover(disk.afterKill(), space).size());
            assertEquals(
                    1, recover(disk.afterPowerLoss(new Random(space)), space).size());
        }
        disk.space(10_000);
        assertEquals(
                2,
                Allocations.commit(store, Allocations.shard(PREFIX, AllocationStatus.PENDING, 1))
                        .revision());
        assertEquals(2, recover(disk.afterKill(), 0).size());
    }

    @Test
    void aDiskThatIsFullForSnapshotsCostsNoChangeAndTheirDraftsTakeNoSpace() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        JournalStore store = JournalStore.builder(UNUSED, Runnable::run)
                .journalBytes(64 << 10)
                .groupBytes(4096)
                .open(disk);
        Churn churn = new Churn(5, 1000);
        Map<String, Allocation> state = new TreeMap<>();
        disk.space(250_000);
        Allocation next = churn.next();
        while (Allocations.append(store, next) instanceof AppendOutcome.Committed) {
            Allocations.put(state, next);
            next = churn.next();
        }
        assertTrue(state.size() > 100);
        assertTrue(disk.list().stream().noneMatch(name -> name.endsWith(FileNames.DRAFT)));
        // Less than a draft, but enough for what was refused.
        disk.space(1_000);
        Allocations.commit(store, next);
        Allocations.put(state, next);
        store.close();
        assertEquals(state, recover(disk.afterKill(), 5));
    }

    @Test
    void afterAFailedForceNothingIsTakenUntilTheStoreIsOpenedAgain() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        JournalStore store = JournalStore.builder(UNUSED, Runnable::run).open(disk);
        disk.forceFails(true);
        assertTrue(inDoubt(Allocations.append(store, Allocations.shard(PREFIX, AllocationStatus.PENDING, 1))));
        disk.forceFails(false);
        AppendOutcome next = Allocations.append(store, Allocations.shard("10.0.1.0/24", AllocationStatus.PENDING, 1));
        var refused = assertInstanceOf(AppendOutcome.Unavailable.class, next);
        assertEquals(StoreFailure.Reason.FENCED, refused.failure().reason());
        assertEquals(
                StoreFailure.Reason.FENCED,
                Allocations.await(store.lease().ended().toCompletableFuture()).reason());
        store.close();
        try (JournalStore again = JournalStore.builder(UNUSED, Runnable::run).open(disk)) {
            assertTrue(Allocations.state(again).size() <= 1);
            Allocations.commit(again, Allocations.shard("10.0.2.0/24", AllocationStatus.PENDING, 1));
        }
    }

    private static JournalStore open(MemoryDisk disk, List<Runnable> tasks) throws Exception {
        return JournalStore.builder(UNUSED, tasks::add)
                .journalBytes(64 << 10)
                .groupBytes(4096)
                .open(disk);
    }

    private static AllocationTable load(JournalStore store, List<Runnable> tasks) {
        AllocationTable table = new AllocationTable();
        var buffer = java.nio.ByteBuffer.allocate(AllocationCodec.MOST_BYTES);
        store.load(allocation -> {
            AllocationCodec.put(buffer.clear(), allocation);
            table.apply(buffer, 0, buffer.position());
        });
        runAll(tasks);
        return table;
    }

    private static void recordGroups(
            JournalStore store, List<Runnable> tasks, Churn churn, int groups, Map<String, Allocation> state) {
        for (int i = 0; i < groups; i++) {
            List<CompletableFuture<AppendOutcome>> outcomes = submit(store, churn, 1 + i % 20, state);
            runAll(tasks);
            outcomes.forEach(outcome -> assertInstanceOf(AppendOutcome.Committed.class, outcome.join()));
        }
    }

    private static List<CompletableFuture<AppendOutcome>> submit(
            JournalStore store, Churn churn, int changes, Map<String, Allocation> state) {
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (Allocation next : churn.changes(changes)) {
            outcomes.add(store.append(next).toCompletableFuture());
            Allocations.put(state, next);
        }
        return outcomes;
    }

    private static void runAll(List<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    private static boolean inDoubt(AppendOutcome outcome) {
        return outcome instanceof AppendOutcome.Unavailable refused && refused.inDoubt();
    }

    private static Map<String, Allocation> recover(MemoryDisk disk, long seed) {
        AllocationTable table = new AllocationTable();
        try {
            new Recovery(disk, table).run(4096, () -> 1);
        } catch (io.foreshard.addrsharding.spi.StoreException | IOException e) {
            fail("seed " + seed, e);
        }
        return Allocations.state(table);
    }
}
