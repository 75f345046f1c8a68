package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Consumer;

/** Reads changes of a span of time from the segments that are kept. */
final class History {

    private final Disk disk;
    private final long fromMillis;
    private final long toMillis;
    private final Consumer<? super AllocationChange> each;

    History(Disk disk, long fromMillis, long toMillis, Consumer<? super AllocationChange> each) {
        this.disk = disk;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.each = each;
    }

    /**
     * Reads.
     *
     * @param active the newest segment to read; those behind it did not exist yet
     * @param end how much of it
     * @return the first revision that is kept
     */
    long read(String active, long end) throws IOException, StoreException {
        List<String> names = FileNames.of(FileNames.SEGMENT, disk.list());
        List<String> known = names.subList(0, names.indexOf(active) + 1);
        int first = 0;
        // All times before a segment are at most its base time.
        while (first + 1 < known.size() && baseMillis(known.get(first + 1)) < fromMillis) {
            first++;
        }
        for (String name : known.subList(first, known.size())) {
            readSegment(name, name.equals(active) ? end : -1);
        }
        return FileNames.revision(known.get(0)) + 1;
    }

    private long baseMillis(String name) throws IOException, StoreException {
        try (Disk.File file = disk.open(name, false)) {
            return SegmentHeader.read(file, name).baseMillis();
        }
    }

    private void readSegment(String name, long end) throws IOException, StoreException {
        try (Disk.File file = disk.open(name, false)) {
            SegmentHeader header = SegmentHeader.read(file, name);
            new SegmentScan(file, name, end < 0 ? file.size() : end, header).read(this::take);
        } catch (NoSuchFileException deletedMeanwhile) {
            throw Corruption.at(name, -1, "was deleted meanwhile, as it is beyond what is kept; read again");
        }
    }

    private void take(long revision, ByteBuffer in, int from, int bytes) {
        long millis = AllocationCodec.sinceMillis(in, from);
        if (millis >= fromMillis && millis < toMillis) {
            Allocation allocation = AllocationCodec.get(in, from);
            each.accept(new AllocationChange(revision, allocation, allocation.sequence() - 1));
        }
    }
}
