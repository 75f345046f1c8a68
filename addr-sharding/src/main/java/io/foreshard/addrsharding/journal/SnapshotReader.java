package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a snapshot into a table. */
final class SnapshotReader {

    private static final int MOST_BLOCK_BYTES = 1 << 20;

    /**
     * What was read.
     *
     * @param first revision behind which all changes have to be applied
     * @param last revision from which on that gives the state
     * @param bytes of the file
     */
    record Loaded(long first, long last, long bytes) {}

    private final String name;
    private final FileWindow window;
    private final AllocationTable table;
    private long offset = JournalFormat.SNAPSHOT_HEADER_END;
    private long records;

    private SnapshotReader(Disk.File file, String name, long size, AllocationTable table) {
        this.name = name;
        this.window = new FileWindow(file, size, MOST_BLOCK_BYTES);
        this.table = table;
    }

    /**
     * Reads a whole snapshot.
     *
     * @param table empty; may hold anything if this throws
     * @throws StoreException if anything in the file is damaged
     */
    static Loaded read(Disk.File file, String name, AllocationTable table) throws IOException, StoreException {
        long size = file.size();
        ByteBuffer in = ByteBuffer.allocate(JournalFormat.SNAPSHOT_HEADER_END);
        file.read(in, 0);
        SegmentHeader.checkCommon(in, name, JournalFormat.SNAPSHOT_MAGIC);
        long first = in.getLong(16);
        if (in.hasRemaining()
                || in.getInt(24) != JournalFormat.checksum(in, 16, 8)
                || first != FileNames.revision(name)) {
            throw Corruption.at(name, 16, "the header is damaged");
        }
        SnapshotReader reader = new SnapshotReader(file, name, size, table);
        while (reader.takeBlock(first)) {}
        return reader.end(first, size);
    }

    private boolean takeBlock(long first) throws IOException, StoreException {
        if (!window.holds(offset, JournalFormat.BLOCK_HEADER)
                || window.buffer().getInt(window.at(offset)) != JournalFormat.BLOCK_MAGIC) {
            return false;
        }
        int at = window.at(offset);
        ByteBuffer in = window.buffer();
        int body = in.getInt(at + 4);
        boolean isHeader = in.getInt(at + 16) == JournalFormat.checksum(in, at, 16)
                && body > 0
                && body <= MOST_BLOCK_BYTES - JournalFormat.BLOCK_HEADER;
        if (!isHeader || !window.holds(offset, JournalFormat.BLOCK_HEADER + body)) {
            throw Corruption.at(name, offset, "the header of a block is damaged");
        }
        at = window.at(offset);
        int from = at + JournalFormat.BLOCK_HEADER;
        if (in.getInt(at + 12) != JournalFormat.checksum(in, from, body)) {
            throw Corruption.at(name, offset, "a block is damaged");
        }
        int count = in.getInt(at + 8);
        long bodyOffset = offset + JournalFormat.BLOCK_HEADER;
        RecordSink.takeAll(
                in,
                from,
                body,
                count,
                name,
                bodyOffset,
                first,
                0,
                (revision, buffer, at2, bytes) -> table.apply(buffer, at2, bytes));
        offset += JournalFormat.BLOCK_HEADER + body;
        records += count;
        return true;
    }

    private Loaded end(long first, long size) throws IOException, StoreException {
        boolean isEnd = offset + JournalFormat.END_BYTES == size && window.holds(offset, JournalFormat.END_BYTES);
        int at = isEnd ? window.at(offset) : 0;
        ByteBuffer in = window.buffer();
        boolean isWhole = isEnd
                && in.getInt(at) == JournalFormat.END_MAGIC
                && in.getInt(at + 44) == JournalFormat.checksum(in, at, 44)
                && in.getLong(at + 12) == records
                && in.getLong(at + 4) >= first;
        if (!isWhole) {
            throw Corruption.at(name, offset, "a block or the end is damaged");
        }
        table.raiseFloor(AllocationKind.SHARD, in.getLong(at + 20));
        table.raiseFloor(AllocationKind.ADDRESS, in.getLong(at + 28));
        table.raiseTime(in.getLong(at + 36));
        return new Loaded(first, in.getLong(at + 4), size);
    }
}
