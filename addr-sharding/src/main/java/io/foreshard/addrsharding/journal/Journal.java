package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state, and the group of changes that is to become durable next: compare and swap, write, force, apply. The table has only what is
 * durable. One thread at a time.
 */
final class Journal {

    private final JournalSettings settings;
    private final AllocationTable table;
    private final ByteBuffer group;
    private final Map<Key, Allocation> staged = new HashMap<>();
    private final long[] stagedFloors = new long[AllocationKind.values().length];
    private Segment segment;
    private long revision;
    private int records;
    private int added;

    private record Key(AllocationKind kind, Prefix prefix) {}

    Journal(JournalSettings settings, AllocationTable table, Recovery.Recovered recovered) {
        this.settings = settings;
        this.table = table;
        this.segment = recovered.segment();
        this.revision = recovered.revision();
        this.group = ByteBuffer.allocateDirect(
                Math.min(settings.groupBytes(), segment.header().echoBytes()));
    }

    /** Begins a group. */
    void begin() {
        group.clear().position(JournalFormat.GROUP_HEADER);
        group.limit(Math.min(group.capacity(), segment.header().echoBytes()));
        staged.clear();
        records = 0;
        added = 0;
        for (AllocationKind kind : AllocationKind.values()) {
            stagedFloors[kind.ordinal()] = table.floor(kind);
        }
    }

    boolean hasRoom() {
        return group.remaining() >= JournalFormat.RECORD_HEADER + AllocationCodec.MOST_BYTES;
    }

    /** Adds a change to the group if what stands is what it expects. Returns what becomes of it if the group becomes durable. */
    AppendOutcome stage(Allocation next) {
        Key key = new Key(next.kind(), next.prefix());
        Allocation standing = staged.get(key);
        if (standing == null) {
            standing = table.standing(next);
        }
        if (standing != null && standing.status() == AllocationStatus.FREE) {
            standing = null;
        }
        boolean ends = next.status() == AllocationStatus.FREE;
        long expected = next.sequence() - 1;
        long floor = stagedFloors[next.kind().ordinal()];
        boolean follows = standing == null ? !ends && expected >= floor : expected == standing.sequence();
        if (!follows) {
            return new AppendOutcome.Conflict(Optional.ofNullable(standing), floor);
        }
        if (standing == null && table.size() + added >= settings.mostAllocations()) {
            String detail = "mostAllocations: " + settings.mostAllocations() + " are recorded";
            return new AppendOutcome.Unavailable(StoreFailure.of(StoreFailure.Reason.LIMIT, detail), false);
        }
        added += ends ? -1 : standing == null ? 1 : 0;
        stagedFloors[next.kind().ordinal()] = ends ? Math.max(floor, next.sequence()) : floor;
        staged.put(key, next);
        return new AppendOutcome.Committed(put(next, expected));
    }

    private AllocationChange put(Allocation next, long expected) {
        int start = group.position();
        group.position(start + JournalFormat.RECORD_HEADER);
        AllocationCodec.put(group, next);
        group.putShort(start, (short) (group.position() - start - JournalFormat.RECORD_HEADER));
        records++;
        return new AllocationChange(revision + records, next, expected);
    }

    /** Makes the group durable. Returns what kept it from being so, null if nothing did. */
    AppendOutcome.@Nullable Unavailable commit() {
        if (records == 0) {
            return null;
        }
        int bytes = group.position();
        try {
            segment.append(group, bytes, revision + 1, records);
        } catch (IOException e) {
            boolean inDoubt = segment.isInDoubt();
            StoreFailure.Reason reason = inDoubt ? StoreFailure.Reason.FENCED : StoreFailure.Reason.IO;
            String detail = Corruption.detail(e) + (inDoubt ? "; open the store again" : "; nothing was recorded");
            return new AppendOutcome.Unavailable(
                    new StoreFailure(reason, segment.name(), segment.end(), detail), inDoubt);
        }
        int at = JournalFormat.GROUP_HEADER;
        for (int i = 0; i < records; i++) {
            int length = group.getShort(at) & 0xffff;
            table.apply(group, at + JournalFormat.RECORD_HEADER, length);
            at += JournalFormat.RECORD_HEADER + length;
        }
        revision += records;
        return null;
    }

    /** Goes on in another segment, which has to follow this one. */
    void turnTo(Segment next) throws IOException {
        Segment old = segment;
        segment = next;
        old.close();
    }

    Segment segment() {
        return segment;
    }

    AllocationTable table() {
        return table;
    }

    long revision() {
        return revision;
    }

    void close() throws IOException {
        segment.close();
    }
}
