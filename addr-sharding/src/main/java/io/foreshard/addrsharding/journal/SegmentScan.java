package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a segment from front to back, repairs what an echo can repair, and tells a torn end from damage. Used once. */
final class SegmentScan {

    private final Disk.File file;
    private final String name;
    private final SegmentHeader segment;
    private final FileWindow window;
    private final List<ByteBuffer> echoes = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();
    private long offset;
    private long next;
    private int chain;
    private int groups;

    /** A group to be written again from its echo. */
    record Repair(long offset, ByteBuffer group) {}

    /**
     * What was found.
     *
     * @param end behind the last group
     * @param revision of the last record, the base if there is none
     * @param chain header checksum of the last group
     * @param groups how many
     * @param repairs to be made
     */
    record Found(long end, long revision, int chain, int groups, List<Repair> repairs) {}

    SegmentScan(Disk.File file, String name, long size, SegmentHeader segment) {
        this.file = file;
        this.name = name;
        this.segment = segment;
        this.window = new FileWindow(file, size, segment.echoBytes());
        this.offset = segment.groups();
        this.next = segment.base() + 1;
        this.chain = segment.chain();
    }

    /**
     * Reads all groups.
     *
     * @param sink takes the records in order
     * @throws StoreException if something is damaged that was acknowledged, or may have been
     */
    Found recover(RecordSink sink) throws IOException, StoreException {
        readEcho(0);
        readEcho(1);
        while (true) {
            takeGroups(sink);
            ByteBuffer echo = echoOfNext();
            if (echo == null) {
                break;
            }
            repairs.add(new Repair(offset, echo));
            take(echo, 0, sink);
        }
        refuseIfMoreWasThere();
        return found();
    }

    /** Reads all groups of a part that is known to be whole, without regard to echoes. */
    Found read(RecordSink sink) throws IOException, StoreException {
        takeGroups(sink);
        if (offset != window.size()) {
            throw Corruption.at(name, offset, "a group is damaged");
        }
        return found();
    }

    private Found found() {
        return new Found(offset, next - 1, chain, groups, List.copyOf(repairs));
    }

    private void takeGroups(RecordSink sink) throws IOException, StoreException {
        while (window.holds(offset, JournalFormat.GROUP_HEADER)) {
            GroupHeader header = GroupHeader.read(window.buffer(), window.at(offset), segment);
            if (header == null || !isNext(header) || !window.holds(offset, header.bytes())) {
                return;
            }
            int at = window.at(offset);
            if (!header.hasBody(window.buffer(), at, segment.salt())) {
                return;
            }
            take(window.buffer(), at, sink);
        }
    }

    private boolean isNext(GroupHeader header) {
        return header.first() == next && header.chain() == chain;
    }

    private void take(ByteBuffer in, int at, RecordSink sink) throws StoreException {
        GroupHeader header = GroupHeader.read(in, at, segment);
        if (header == null) {
            throw new AssertionError("read before");
        }
        int body = at + JournalFormat.GROUP_HEADER;
        long bodyOffset = offset + JournalFormat.GROUP_HEADER;
        RecordSink.takeAll(in, body, header.bodyBytes(), header.records(), name, bodyOffset, next, 1, sink);
        offset += header.bytes();
        next += header.records();
        chain = header.checksum();
        groups++;
    }

    private void readEcho(int number) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(JournalFormat.GROUP_HEADER);
        file.read(in, segment.echo(number));
        GroupHeader header = in.hasRemaining() ? null : GroupHeader.read(in, 0, segment);
        if (header == null) {
            return;
        }
        ByteBuffer whole = ByteBuffer.allocate(header.bytes());
        file.read(whole, segment.echo(number));
        if (!whole.hasRemaining() && header.hasBody(whole, 0, segment.salt())) {
            echoes.add(whole.clear());
        }
    }

    private @Nullable ByteBuffer echoOfNext() {
        for (ByteBuffer echo : echoes) {
            GroupHeader header = GroupHeader.read(echo, 0, segment);
            if (header != null && isNext(header)) {
                return echo;
            }
        }
        return null;
    }

    /** What is not read may be a torn end, but only if nothing shows that a later force was begun. */
    private void refuseIfMoreWasThere() throws IOException, StoreException {
        for (ByteBuffer echo : echoes) {
            refuseIfLater(GroupHeader.read(echo, 0, segment));
        }
        for (long at = offset; window.holds(at, JournalFormat.GROUP_HEADER); at++) {
            GroupHeader header = GroupHeader.read(window.buffer(), window.at(at), segment);
            boolean isTheTornOne = at == offset && header != null && isNext(header);
            if (!isTheTornOne) {
                refuseIfLater(header);
            }
        }
    }

    private void refuseIfLater(@Nullable GroupHeader header) throws StoreException {
        if (header != null && header.first() >= next) {
            String detail = "revision " + next + " is damaged or missing here, but revision " + header.first()
                    + " was recorded after it";
            throw Corruption.at(name, offset, detail);
        }
    }
}
