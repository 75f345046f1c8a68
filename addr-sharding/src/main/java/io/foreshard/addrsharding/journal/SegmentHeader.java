package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The first bytes of a segment, see {@link JournalFormat}. */
record SegmentHeader(long base, long baseMillis, long salt, int chain, int echoBytes) {

    private static final int FROM = JournalFormat.COMMON_BYTES;
    private static final int CHECKED = 32;
    private static final int CHECKSUM = FROM + CHECKED;

    /** Returns where an echo stands. */
    long echo(int number) {
        return JournalFormat.PAGE + (long) (number & 1) * echoBytes;
    }

    /** Returns where the groups begin. */
    long groups() {
        return JournalFormat.PAGE + 2L * echoBytes;
    }

    /** Returns all that stands before the groups, with empty echoes. */
    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate((int) groups());
        JournalFormat.putCommon(bytes, JournalFormat.SEGMENT_MAGIC);
        bytes.position(FROM);
        bytes.putLong(base).putLong(baseMillis).putLong(salt).putInt(chain).putInt(echoBytes);
        bytes.putInt(CHECKSUM, JournalFormat.checksum(bytes, FROM, CHECKED));
        return bytes.clear();
    }

    static SegmentHeader read(Disk.File file, String name) throws IOException, StoreException {
        ByteBuffer in = ByteBuffer.allocate(JournalFormat.SEGMENT_HEADER_END);
        file.read(in, 0);
        checkCommon(in, name, JournalFormat.SEGMENT_MAGIC);
        if (in.hasRemaining() || in.getInt(CHECKSUM) != JournalFormat.checksum(in, FROM, CHECKED)) {
            throw Corruption.at(name, FROM, "the header is damaged");
        }
        in.position(FROM);
        SegmentHeader header = new SegmentHeader(in.getLong(), in.getLong(), in.getLong(), in.getInt(), in.getInt());
        int echo = header.echoBytes;
        boolean isSize = echo >= JournalFormat.LEAST_ECHO_BYTES
                && echo <= JournalFormat.MOST_ECHO_BYTES
                && echo % JournalFormat.PAGE == 0;
        if (!isSize || header.base != FileNames.revision(name) || file.size() < header.groups()) {
            throw Corruption.at(name, FROM, "the header does not fit the file");
        }
        return header;
    }

    /** Checks the bytes that all versions have. */
    static void checkCommon(ByteBuffer in, String name, long magic) throws StoreException {
        boolean isOurs =
                in.position() >= FROM && in.getLong(0) == magic && in.getInt(12) == JournalFormat.checksum(in, 0, 12);
        if (!isOurs) {
            throw Corruption.at(name, 0, "not a file of this store, or its first bytes are damaged");
        }
        if (in.getInt(8) > JournalFormat.VERSION || in.getInt(8) < 1) {
            throw Corruption.newer(name, in.getInt(8));
        }
    }
}
