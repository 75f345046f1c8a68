package io.foreshard.addrsharding.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The segment that is appended to. One thread at a time. */
final class Segment {

    private final Disk.File file;
    private final String name;
    private final SegmentHeader header;
    private long end;
    private int chain;
    private int groups;
    private boolean isInDoubt;

    /** Goes on where a scan ended. */
    Segment(Disk.File file, String name, SegmentHeader header, SegmentScan.Found found) {
        this.file = file;
        this.name = name;
        this.header = header;
        this.end = found.end();
        this.chain = found.chain();
        this.groups = found.groups();
    }

    /** Makes a segment. It has its name only once its header is durable, so a segment without one is damaged. */
    static Segment create(Disk disk, SegmentHeader header) throws IOException {
        String name = FileNames.segment(header.base());
        String draft = name + FileNames.DRAFT;
        Disk.File file = disk.open(draft, true);
        try {
            file.write(header.bytes(), 0);
            file.force();
            disk.rename(draft, name);
            disk.force();
        } catch (IOException e) {
            file.close();
            // On a full disk the draft would take the space that the changes need.
            disk.delete(draft);
            throw e;
        }
        var empty = new SegmentScan.Found(header.groups(), header.base(), header.chain(), 0, List.of());
        return new Segment(file, name, header, empty);
    }

    /** Makes the repairs of a scan, cuts off what it did not read, and returns once that is durable. */
    static void repair(Disk.File file, SegmentScan.Found found) throws IOException {
        if (found.repairs().isEmpty() && file.size() == found.end()) {
            return;
        }
        for (SegmentScan.Repair repair : found.repairs()) {
            file.write(repair.group().clear(), repair.offset());
        }
        file.truncate(found.end());
        file.force();
    }

    /**
     * Appends a group and returns once it is durable.
     *
     * @param group room for a header, then records
     * @param bytes of all of it
     * @throws IOException if it is not; {@link #isInDoubt} tells whether it may be after all
     */
    void append(ByteBuffer group, int bytes, long first, int records) throws IOException {
        int checksum = GroupHeader.seal(group, bytes, header.salt(), first, records, chain);
        try {
            file.write(group.duplicate().clear().limit(bytes), end);
            file.write(group.duplicate().clear().limit(bytes), header.echo(groups));
        } catch (IOException e) {
            withdraw(e);
            throw e;
        }
        force();
        end += bytes;
        chain = checksum;
        groups++;
    }

    /** After a force that failed nobody knows what is on the disk, and a second one that succeeds would prove nothing. */
    private void force() throws IOException {
        isInDoubt = true;
        file.force();
        isInDoubt = false;
    }

    private void withdraw(IOException cause) {
        try {
            file.truncate(end);
            force();
        } catch (IOException e) {
            isInDoubt = true;
            cause.addSuppressed(e);
        }
    }

    boolean isInDoubt() {
        return isInDoubt;
    }

    String name() {
        return name;
    }

    SegmentHeader header() {
        return header;
    }

    /** Returns how many bytes of groups there are. */
    long groupBytes() {
        return end - header.groups();
    }

    long end() {
        return end;
    }

    int chain() {
        return chain;
    }

    void close() throws IOException {
        file.close();
    }
}
