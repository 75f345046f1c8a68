package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every acknowledged change is there, or the store refuses with the reason: whatever becomes of the files in one place. */
class JournalDamageTest {

    private static final int CHANGES = 200;
    /** All bits take half a minute; otherwise every sixteenth is flipped. */
    private static final int BIT_STEP = Boolean.getBoolean("foreshard.full") ? 1 : 16;

    private static final String SEGMENT = FileNames.segment(0);

    private final MemoryDisk disk = new MemoryDisk();
    private final TreeMap<String, Allocation> acknowledged = new TreeMap<>();
    private int kept;
    private int refused;

    /** Groups of one to nine changes, as load has it; the store is killed, not closed. */
    @BeforeEach
    void recordSomeChanges() throws Exception {
        record(disk, 1 << 20, CHANGES, acknowledged);
    }

    private static void record(MemoryDisk disk, long journalBytes, int count, Map<String, Allocation> state)
            throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        JournalStore store = JournalStore.builder(Path.of("unused"), tasks::add)
                .groupBytes(4096)
                .journalBytes(journalBytes)
                .open(disk);
        Random random = new Random(7);
        Churn churn = new Churn(7, 60);
        for (int done = 0; done < count; ) {
            List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
            for (Allocation next : churn.changes(Math.min(count - done, 1 + random.nextInt(9)))) {
                outcomes.add(store.append(next).toCompletableFuture());
                Allocations.put(state, next);
            }
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
            outcomes.forEach(outcome -> assertTrue(outcome.join() instanceof AppendOutcome.Committed));
            done += outcomes.size();
        }
    }

    @Test
    void aJournalWithoutDamageGivesAllBack() {
        check(disk.afterKill(), "no damage");
        assertEquals(1, kept);
    }

    @Test
    void aJournalCutAtAnyByteGivesAllBackOrIsRefused() {
        byte[] whole = disk.bytes(SEGMENT);
        for (int size = 0; size < whole.length; size++) {
            check(with(SEGMENT, Arrays.copyOf(whole, size)), "cut at " + size);
        }
        assertTrue(kept > 0, "the last groups can be repaired");
        assertTrue(refused > 0, "the first ones cannot");
    }

    @Test
    void aFlippedBitAnywhereIsRepairedOrRefused() {
        byte[] whole = disk.bytes(SEGMENT);
        for (int at = 0; at < whole.length; at++) {
            // Most of what stands before the groups are zeros that nobody reads; a few of them will do.
            boolean isEmpty = whole[at] == 0 && at % 64 != 0 && at < 3 * 4096;
            for (int bit = at % BIT_STEP; bit < (isEmpty ? 0 : 8); bit += BIT_STEP) {
                whole[at] ^= (byte) (1 << bit);
                check(with(SEGMENT, whole), "bit " + bit + " of byte " + at);
                whole[at] ^= (byte) (1 << bit);
            }
        }
        assertTrue(kept > 0 && refused > 0, kept + " kept, " + refused + " refused");
    }

    @Test
    void aFlippedBitInTheLastGroupIsRepairedForGood() throws Exception {
        byte[] whole = disk.bytes(SEGMENT);
        whole[whole.length - 20] ^= 1;
        MemoryDisk damaged = with(SEGMENT, whole);
        check(damaged, "last group");
        assertEquals(1, kept);
        whole[whole.length - 20] ^= 1;
        assertTrue(Arrays.equals(whole, damaged.bytes(SEGMENT)), "the file is as it was");
    }

    @Test
    void aDamagedPageOrAnyShorterStretchIsRepairedOrRefused() {
        for (long seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = disk.bytes(SEGMENT);
            int length = 1 + random.nextInt(random.nextBoolean() ? 4096 : 64);
            int from = length == 4096 ? 4096 * random.nextInt(bytes.length / 4096) : random.nextInt(bytes.length);
            int flips = 1 + random.nextInt(length);
            for (int i = 0; i < flips; i++) {
                int at = Math.min(bytes.length, from / 4096 * 4096 + 4096) - 1;
                bytes[Math.min(at, from + random.nextInt(length))] ^= (byte) (1 << random.nextInt(8));
            }
            check(with(SEGMENT, bytes), "seed " + seed);
        }
        assertTrue(kept > 0 && refused > 0, kept + " kept, " + refused + " refused");
    }

    @Test
    void zerosBehindTheEndAndAHalfWrittenGroupAreCutOff() throws Exception {
        byte[] whole = disk.bytes(SEGMENT);
        check(with(SEGMENT, Arrays.copyOf(whole, whole.length + 10_000)), "zeros");
        byte[] more = Arrays.copyOf(whole, whole.length + 300);
        new Random(3).nextBytes(new byte[300]);
        ByteBuffer.wrap(more).putInt(whole.length, JournalFormat.GROUP_MAGIC);
        MemoryDisk torn = with(SEGMENT, more);
        check(torn, "half a group");
        assertEquals(whole.length, torn.bytes(SEGMENT).length);
        assertEquals(2, kept);
    }

    @Test
    void refusalNamesTheFileThePlaceAndTheReason() {
        byte[] whole = disk.bytes(SEGMENT);
        whole[3 * 4096 + 40] ^= 1;
        StoreFailure failure = refusal(with(SEGMENT, whole));
        assertEquals(StoreFailure.Reason.CORRUPT, failure.reason());
        assertEquals(SEGMENT, failure.file());
        assertEquals(3 * 4096, failure.offset());
        assertTrue(failure.detail().contains("revision 1 is damaged"), failure.detail());
    }

    @Test
    void aNewerVersionIsRefusedAsSuch() {
        byte[] whole = disk.bytes(SEGMENT);
        ByteBuffer bytes = ByteBuffer.wrap(whole);
        bytes.putInt(8, 2).putInt(12, JournalFormat.checksum(bytes, 0, 12));
        assertEquals(
                StoreFailure.Reason.NEWER_VERSION, refusal(with(SEGMENT, whole)).reason());
    }

    @Test
    void aFlippedBitOfASnapshotOrOfWhatIsBehindItIsRepairedOrRefused() throws Exception {
        MemoryDisk large = new MemoryDisk();
        acknowledged.clear();
        record(large, 64 << 10, 4000, acknowledged);
        List<String> snapshots = FileNames.of(FileNames.SNAPSHOT, large.list());
        assertFalse(snapshots.isEmpty());
        check(large.afterKill(), "no damage");
        for (String name : large.list()) {
            byte[] whole = large.bytes(name);
            int step = name.startsWith(FileNames.SNAPSHOT) ? 9 : 997;
            for (int at = 0; at < whole.length; at += step) {
                whole[at] ^= (byte) (1 << at % 8);
                MemoryDisk damaged = large.afterKill();
                damaged.put(name, whole);
                check(damaged, name + " byte " + at);
                whole[at] ^= (byte) (1 << at % 8);
            }
        }
        assertTrue(kept > 0 && refused > 0, kept + " kept, " + refused + " refused");
    }

    @Test
    void aMissingSegmentIsRefused() throws Exception {
        MemoryDisk large = new MemoryDisk();
        record(large, 64 << 10, 4000, new TreeMap<>());
        List<String> segments = FileNames.of(FileNames.SEGMENT, large.list());
        large.delete(segments.get(segments.size() - 1));
        assertEquals(StoreFailure.Reason.CORRUPT, refusal(large).reason());
    }

    private MemoryDisk with(String file, byte[] bytes) {
        MemoryDisk damaged = new MemoryDisk();
        damaged.put(file, bytes);
        return damaged;
    }

    private void check(MemoryDisk damaged, String what) {
        AllocationTable table = new AllocationTable();
        try {
            new Recovery(damaged, table).run(4096, () -> 1);
        } catch (StoreException e) {
            boolean isReason = e.failure().reason() == StoreFailure.Reason.CORRUPT
                    || e.failure().reason() == StoreFailure.Reason.NEWER_VERSION;
            assertTrue(isReason && !e.failure().file().isEmpty(), what + ": " + e.failure());
            refused++;
            return;
        } catch (Exception | AssertionError e) {
            fail(what, e);
        }
        if (!acknowledged.equals(Allocations.state(table))) {
            fail(what + ": another state was recovered");
        }
        kept++;
    }

    private static StoreFailure refusal(MemoryDisk damaged) {
        try {
            new Recovery(damaged, new AllocationTable()).run(4096, () -> 1);
            return fail("opened");
        } catch (StoreException e) {
            return e.failure();
        } catch (java.io.IOException e) {
            return fail(e);
        }
    }
}
