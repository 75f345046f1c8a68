package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalHistoryTest {

    private final MemoryDisk disk = new MemoryDisk();
    private final List<AllocationChange> recorded = new ArrayList<>();

    private JournalStoreBuilder builder() {
        return JournalStore.builder(Path.of("unused"), Runnable::run)
                .journalBytes(64 << 10)
                .groupBytes(4096);
    }

    private JournalStore recordChanges(JournalStoreBuilder builder, int count) throws Exception {
        JournalStore store = builder.open(disk);
        for (Allocation next : new Churn(11, 200).changes(count)) {
            recorded.add(Allocations.commit(store, next));
        }
        return store;
    }

    @Test
    void anySpanOfTimeIsReadFromAllSegmentsWhileTheStoreIsOpen() throws Exception {
        try (JournalStore store = recordChanges(builder(), 8000)) {
            assertTrue(FileNames.of(FileNames.SEGMENT, disk.list()).size() > 3);
            long start = recorded.get(0).allocation().sinceMillis();
            long span = recorded.get(recorded.size() - 1).allocation().sinceMillis() - start + 1;
            for (int part = 0; part < 10; part++) {
                long from = start + span * part / 10;
                long to = from + span / 7;
                List<AllocationChange> read = new ArrayList<>();
                assertEquals(1, store.history(from, to, read::add));
                List<AllocationChange> expected = recorded.stream()
                        .filter(change -> change.allocation().sinceMillis() >= from)
                        .filter(change -> change.allocation().sinceMillis() < to)
                        .toList();
                assertEquals(expected, read);
            }
        }
    }

    @Test
    void historyBeyondItsBoundsIsDeletedAndTheStateStays() throws Exception {
        JournalStoreBuilder builder = builder().history(Duration.ofDays(1), 300 << 10);
        try (JournalStore store = recordChanges(builder, 12_000)) {
            List<AllocationChange> read = new ArrayList<>();
            long first = store.history(0, Long.MAX_VALUE, read::add);
            assertTrue(first > 1 && first < 12_000, "kept from " + first);
            assertEquals(recorded.subList((int) first - 1, recorded.size()), read);
            long bytes = disk.list().stream()
                    .mapToLong(name -> disk.bytes(name).length)
                    .sum();
            assertTrue(bytes < 600 << 10, bytes + " bytes");
        }
        try (JournalStore store = builder.open(disk)) {
            assertEquals(12_001, Allocations.commit(store, next(store)).revision());
        }
    }

    @Test
    void noHistoryKeepsTheSegmentsThatRecoveryNeeds() throws Exception {
        recordChanges(builder().history(Duration.ZERO, 0), 12_000).close();
        assertTrue(FileNames.of(FileNames.SEGMENT, disk.list()).size() <= 3, disk.list()::toString);
        assertEquals(2, FileNames.of(FileNames.SNAPSHOT, disk.list()).size());
    }

    @Test
    void aDamagedSegmentOfTheHistoryIsATypedFailureAndDoesNotKeepTheStoreFromOpening() throws Exception {
        recordChanges(builder(), 12_000).close();
        byte[] first = disk.bytes(FileNames.segment(0));
        first[20_000] ^= 1;
        disk.put(FileNames.segment(0), first);
        try (JournalStore store = builder().open(disk)) {
            StoreException refused =
                    assertThrows(StoreException.class, () -> store.history(0, Long.MAX_VALUE, change -> {}));
            assertEquals(StoreFailure.Reason.CORRUPT, refused.failure().reason());
            assertEquals(FileNames.segment(0), refused.failure().file());
        }
    }

    private static Allocation next(JournalStore store) {
        return Allocations.state(store).values().stream()
                .findFirst()
                .map(now -> new Allocation(
                        now.kind(),
                        now.prefix(),
                        now.subdivision(),
                        now.handle(),
                        now.status(),
                        now.sequence() + 1,
                        now.sinceMillis()))
                .orElseThrow();
    }
}
