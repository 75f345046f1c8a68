package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Opens stores on any bytes. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} and one method chosen it looks
 * for new ones.
 */
class RecoveryFuzzTest {

    private static final int MOST_BYTES = 1 << 20;

    @FuzzTest(maxDuration = "3m")
    void anyFilesAreRecoveredOrRefusedWithAReason(byte[] input) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        int half = input.length / 2;
        disk.put(FileNames.segment(0), Arrays.copyOf(input, half));
        disk.put(FileNames.snapshot(0), Arrays.copyOfRange(input, half, input.length));
        recover(disk);
    }

    /** Checksums stop a fuzzer, not somebody who writes files: here they are right. */
    @FuzzTest(maxDuration = "3m")
    void anyRecordsInASegmentAreRecoveredOrRefusedWithAReason(byte[] input) throws IOException {
        int echo = JournalFormat.LEAST_ECHO_BYTES;
        SegmentHeader header = new SegmentHeader(0, 0, 1, 0, echo);
        int body = Math.min(Math.max(input.length - 1, 1), echo - JournalFormat.GROUP_HEADER);
        ByteBuffer group = ByteBuffer.allocate(JournalFormat.GROUP_HEADER + body);
        int from = Math.min(1, input.length);
        group.put(JournalFormat.GROUP_HEADER, Arrays.copyOfRange(input, from, from + body));
        GroupHeader.seal(group, group.capacity(), header.salt(), 1, input.length == 0 ? 1 : input[0], 0);
        ByteBuffer file = ByteBuffer.allocate((int) header.groups() + group.capacity());
        file.put(header.bytes()).put(group);
        MemoryDisk disk = new MemoryDisk();
        disk.put(FileNames.segment(0), file.array());
        recover(disk);
    }

    @FuzzTest(maxDuration = "3m")
    void anyRecordsInASnapshotAreRecoveredOrRefusedWithAReason(byte[] input) throws IOException {
        int end = JournalFormat.SNAPSHOT_HEADER_END + JournalFormat.BLOCK_HEADER + input.length;
        ByteBuffer file = ByteBuffer.allocate(end + JournalFormat.END_BYTES);
        JournalFormat.putCommon(file, JournalFormat.SNAPSHOT_MAGIC);
        file.putInt(24, JournalFormat.checksum(file, 16, 8));
        int block = JournalFormat.SNAPSHOT_HEADER_END;
        int records = input.length == 0 ? 0 : input[0];
        file.put(block + JournalFormat.BLOCK_HEADER, input);
        file.putInt(block, JournalFormat.BLOCK_MAGIC)
                .putInt(block + 4, input.length)
                .putInt(block + 8, records);
        file.putInt(block + 12, JournalFormat.checksum(file, block + JournalFormat.BLOCK_HEADER, input.length));
        file.putInt(block + 16, JournalFormat.checksum(file, block, 16));
        file.putInt(end, JournalFormat.END_MAGIC).putLong(end + 12, records);
        file.putInt(end + 44, JournalFormat.checksum(file, end, 44));
        MemoryDisk disk = new MemoryDisk();
        disk.put(
                FileNames.segment(0),
                new SegmentHeader(0, 0, 1, 0, JournalFormat.LEAST_ECHO_BYTES)
                        .bytes()
                        .array());
        disk.put(FileNames.snapshot(0), file.array());
        recover(disk);
    }

    private static void recover(MemoryDisk disk) throws IOException {
        AllocationTable table = new AllocationTable();
        try {
            new Recovery(disk, table).run(JournalFormat.LEAST_ECHO_BYTES, () -> 1);
            Allocations.state(table);
        } catch (StoreException refused) {
            assertFalse(refused.failure().detail().isEmpty());
        }
        assertTrue(table.memoryBytes() < MOST_BYTES);
    }
}
