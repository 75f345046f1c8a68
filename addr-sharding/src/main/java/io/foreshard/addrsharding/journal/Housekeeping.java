package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins segments, writes snapshots slice by slice between groups, and deletes what is neither needed nor kept as history. What fails here
 * costs disk space, never a change: it is logged and tried again later. One thread at a time.
 */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /** The newest snapshot may turn out to be damaged. */
    private static final int SNAPSHOTS_KEPT = 2;

    private final Disk disk;
    private final JournalSettings settings;
    private final Journal journal;
    private final LongSupplier salt;
    private final TreeMap<Long, Kept> segments = new TreeMap<>();
    private @Nullable SnapshotWriter snapshot;
    private long turnBytes;
    private long snapshots;

    /** A segment on the disk: what its name says is the key. */
    private record Kept(long baseMillis, long bytes) {}

    Housekeeping(Disk disk, JournalSettings settings, Journal journal, LongSupplier salt, long snapshotBytes)
            throws IOException {
        this.disk = disk;
        this.settings = settings;
        this.journal = journal;
        this.salt = salt;
        this.turnBytes = Math.max(settings.journalBytes(), snapshotBytes);
        for (String name : FileNames.of(FileNames.SEGMENT, disk.list())) {
            segments.put(FileNames.revision(name), look(name));
        }
    }

    /** A segment that is only history may be damaged: it can be deleted all the same. */
    private Kept look(String name) throws IOException {
        try (Disk.File file = disk.open(name, false)) {
            return new Kept(SegmentHeader.read(file, name).baseMillis(), file.size());
        } catch (StoreException damaged) {
            LOG.warn("A segment that is kept as history cannot be read: {}", damaged.getMessage());
            return new Kept(0, 0);
        }
    }

    /** Does one slice of work. Returns whether more is to do at once. */
    boolean step() {
        if (snapshot == null && journal.segment().groupBytes() < turnBytes) {
            return false;
        }
        try {
            if (snapshot == null) {
                turn();
            } else if (!snapshot.step()) {
                finish(snapshot);
            }
        } catch (IOException e) {
            LOG.warn("No snapshot was written, the journal grows on: {}", Corruption.detail(e));
            abandon();
            turnBytes = journal.segment().groupBytes() + settings.journalBytes();
        }
        return snapshot != null;
    }

    private void turn() throws IOException {
        Segment old = journal.segment();
        long base = journal.revision();
        long millis = journal.table().latestMillis();
        if (old.groupBytes() > 0) {
            segments.put(old.header().base(), new Kept(old.header().baseMillis(), old.end()));
            Segment next = Segment.create(
                    disk, new SegmentHeader(base, millis, salt.getAsLong(), old.chain(), settings.groupBytes()));
            journal.turnTo(next);
            segments.put(base, new Kept(millis, next.end()));
        }
        snapshot = new SnapshotWriter(disk, journal.table(), base);
    }

    private void finish(SnapshotWriter done) throws IOException {
        done.finish(journal.revision());
        snapshot = null;
        snapshots++;
        turnBytes = Math.max(settings.journalBytes(), done.bytes());
        prune();
    }

    private void prune() throws IOException {
        List<String> names = FileNames.of(FileNames.SNAPSHOT, disk.list());
        for (String name : names.subList(0, Math.max(0, names.size() - SNAPSHOTS_KEPT))) {
            disk.delete(name);
        }
        long needed = names.size() < SNAPSHOTS_KEPT ? 0 : FileNames.revision(names.get(names.size() - SNAPSHOTS_KEPT));
        long oldest = journal.table().latestMillis() - settings.historyMillis();
        long bytes = segments.values().stream().mapToLong(Kept::bytes).sum();
        while (segments.firstKey() < needed) {
            Map.Entry<Long, Kept> first = segments.firstEntry();
            long lastMillis = segments.higherEntry(first.getKey()).getValue().baseMillis();
            if (lastMillis >= oldest && bytes <= settings.historyBytes()) {
                return;
            }
            disk.delete(FileNames.segment(first.getKey()));
            segments.remove(first.getKey());
            bytes -= first.getValue().bytes();
        }
    }

    private void abandon() {
        SnapshotWriter given = snapshot;
        snapshot = null;
        if (given != null) {
            try {
                given.abandon();
            } catch (IOException e) {
                LOG.warn("The draft of a snapshot is left behind: {}", Corruption.detail(e));
            }
        }
    }

    /** Returns how many snapshots were completed. */
    long snapshots() {
        return snapshots;
    }

    void close() {
        abandon();
    }
}
