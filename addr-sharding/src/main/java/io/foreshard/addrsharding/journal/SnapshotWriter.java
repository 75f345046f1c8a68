package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.AllocationKind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes a snapshot block by block, while the table changes between the blocks. A record never moves, so each that does not change is met once;
 * what changes stands in the journal behind the first revision anyway.
 */
final class SnapshotWriter {

    private static final int BLOCK_BYTES = 256 << 10;

    private final Disk disk;
    private final AllocationTable table;
    private final long first;
    private final String draft;
    private final Disk.File file;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private final int end;
    private int place;
    private long offset = JournalFormat.SNAPSHOT_HEADER_END;
    private long records;

    /**
     * Begins a snapshot.
     *
     * @param first revision of the last change that the table has
     */
    SnapshotWriter(Disk disk, AllocationTable table, long first) throws IOException {
        this.disk = disk;
        this.table = table;
        this.first = first;
        this.draft = FileNames.snapshot(first) + FileNames.DRAFT;
        this.place = table.arena().first();
        this.end = table.arena().end();
        this.file = disk.open(draft, true);
        ByteBuffer header = ByteBuffer.allocate(JournalFormat.SNAPSHOT_HEADER_END);
        JournalFormat.putCommon(header, JournalFormat.SNAPSHOT_MAGIC);
        header.putLong(16, first).putInt(24, 0);
        header.putInt(24, JournalFormat.checksum(header, 16, 8));
        try {
            file.write(header, 0);
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    /** Writes one block, durably, so that the last force does not have to wait for all of it. Returns whether more is to come. */
    boolean step() throws IOException {
        RecordArena arena = table.arena();
        block.clear().position(JournalFormat.BLOCK_HEADER);
        int count = 0;
        while (place < end && block.remaining() >= JournalFormat.RECORD_HEADER + AllocationCodec.MOST_BYTES) {
            int bytes = arena.bytes(place);
            if (bytes > 0) {
                block.putShort((short) bytes).put(block.position(), arena.page(place), arena.at(place), bytes);
                block.position(block.position() + bytes);
                count++;
            }
            place = arena.after(place);
        }
        if (count > 0) {
            writeBlock(count);
        }
        return place < end;
    }

    private void writeBlock(int count) throws IOException {
        int body = block.position() - JournalFormat.BLOCK_HEADER;
        block.putInt(0, JournalFormat.BLOCK_MAGIC).putInt(4, body).putInt(8, count);
        block.putInt(12, JournalFormat.checksum(block, JournalFormat.BLOCK_HEADER, body));
        block.putInt(16, JournalFormat.checksum(block, 0, 16));
        block.flip();
        int bytes = block.remaining();
        file.write(block, offset);
        file.force();
        offset += bytes;
        records += count;
    }

    /**
     * Ends the snapshot, and gives it its name.
     *
     * @param last revision of the last change that the table has by now; must be durable in the journal
     */
    void finish(long last) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(JournalFormat.END_BYTES);
        bytes.putInt(JournalFormat.END_MAGIC).putLong(last).putLong(records);
        bytes.putLong(table.floor(AllocationKind.SHARD)).putLong(table.floor(AllocationKind.ADDRESS));
        bytes.putLong(table.latestMillis());
        bytes.putInt(JournalFormat.checksum(bytes, 0, JournalFormat.END_BYTES - 4));
        file.write(bytes.flip(), offset);
        file.force();
        file.close();
        disk.rename(draft, FileNames.snapshot(first));
        disk.force();
        offset += JournalFormat.END_BYTES;
    }

    /** Gives the snapshot up. */
    void abandon() throws IOException {
        file.close();
        disk.delete(draft);
    }

    long first() {
        return first;
    }

    long bytes() {
        return offset;
    }
}
