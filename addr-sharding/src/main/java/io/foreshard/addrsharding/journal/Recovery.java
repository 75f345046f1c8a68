package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the state again from the newest good snapshot and the segments behind it, or tells why that cannot be. Used once. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final AllocationTable table;
    private long strictAfter;
    private long revision;

    /**
     * What the store goes on with.
     *
     * @param segment to append to
     * @param revision of the last change
     * @param snapshotBytes length of the snapshot that was read, 0 if there is none
     */
    record Recovered(Segment segment, long revision, long snapshotBytes) {}

    /** Prepares; the table is to be empty. */
    Recovery(Disk disk, AllocationTable table) {
        this.disk = disk;
        this.table = table;
    }

    /**
     * Recovers, or begins a new journal where there is none.
     *
     * @param groupBytes for a new segment
     * @param salt for a new segment
     * @throws StoreException if something acknowledged is damaged, or was written by a newer version
     */
    Recovered run(int groupBytes, LongSupplier salt) throws IOException, StoreException {
        List<String> names = disk.list();
        for (String name : names) {
            if (name.endsWith(FileNames.DRAFT)) {
                disk.delete(name);
            }
        }
        List<String> segments = FileNames.of(FileNames.SEGMENT, names);
        List<String> snapshots = FileNames.of(FileNames.SNAPSHOT, names);
        if (segments.isEmpty() && snapshots.isEmpty()) {
            return new Recovered(Segment.create(disk, new SegmentHeader(0, 0, salt.getAsLong(), 0, groupBytes)), 0, 0);
        }
        SnapshotReader.@Nullable Loaded snapshot = readSnapshot(snapshots);
        long from = snapshot == null ? 0 : snapshot.first();
        int index = segments.indexOf(FileNames.segment(from));
        if (index < 0) {
            throw Corruption.at(FileNames.segment(from), -1, "this segment is missing");
        }
        revision = from;
        strictAfter = snapshot == null ? 0 : snapshot.last();
        Segment active = replay(segments.subList(index, segments.size()));
        if (revision < strictAfter) {
            String detail = "the journal ends at revision " + revision + ", before the snapshot at " + strictAfter;
            active.close();
            throw Corruption.at(active.name(), active.end(), detail);
        }
        return new Recovered(active, revision, snapshot == null ? 0 : snapshot.bytes());
    }

    /** An older snapshot serves as well, as all segments behind it are kept. So does none, while they reach back to the start. */
    private SnapshotReader.@Nullable Loaded readSnapshot(List<String> snapshots) throws IOException, StoreException {
        StoreException why = null;
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            String name = snapshots.get(i);
            try (Disk.File file = disk.open(name, false)) {
                SnapshotReader.Loaded loaded = SnapshotReader.read(file, name, table);
                return loaded;
            } catch (StoreException e) {
                if (e.failure().reason() != StoreFailure.Reason.CORRUPT) {
                    throw e;
                }
                LOG.warn("A snapshot cannot be read, an older state and the journal are tried: {}", e.getMessage());
                why = why == null ? e : why;
                table.clear();
            }
        }
        if (why != null && !disk.list().contains(FileNames.segment(0))) {
            throw why;
        }
        return null;
    }

    private Segment replay(List<String> segments) throws IOException, StoreException {
        int chain = 0;
        for (int i = 0; ; i++) {
            boolean isLast = i == segments.size() - 1;
            String name = segments.get(i);
            Disk.File file = disk.open(name, false);
            boolean isKept = false;
            try {
                SegmentHeader header = SegmentHeader.read(file, name);
                if (header.base() != revision || (i > 0 && header.chain() != chain)) {
                    String detail =
                            "begins behind revision " + header.base() + ", but the segment before ends at " + revision;
                    throw Corruption.at(name, JournalFormat.COMMON_BYTES, detail);
                }
                SegmentScan.Found found = new SegmentScan(file, name, file.size(), header).recover(this::take);
                if (!isLast && found.revision() != FileNames.revision(segments.get(i + 1))) {
                    throw Corruption.at(name, found.end(), "the end of this segment is damaged or missing");
                }
                Segment.repair(file, found);
                chain = found.chain();
                isKept = isLast;
                if (isLast) {
                    return new Segment(file, name, header, found);
                }
            } finally {
                if (!isKept) {
                    file.close();
                }
            }
        }
    }

    private void take(long next, ByteBuffer in, int from, int bytes) throws StoreException {
        if (next > strictAfter) {
            checkStanding(next, in, from);
        }
        table.apply(in, from, bytes);
        revision = next;
    }

    private void checkStanding(long next, ByteBuffer in, int from) throws StoreException {
        long expected = AllocationCodec.sequence(in, from) - 1;
        long standing = table.standingSequence(in, from);
        boolean follows = standing > 0
                ? expected == standing
                : !AllocationCodec.isFree(in, from) && expected >= table.floor(AllocationCodec.kind(in, from));
        if (!follows) {
            String detail = "revision " + next + " expects sequence " + expected + " where " + standing + " stands";
            throw Corruption.at("journal", -1, detail);
        }
    }
}
