package io.foreshard.addrsharding.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The first bytes of a group, see {@link JournalFormat}. */
record GroupHeader(int bodyBytes, long first, int records, int chain, int bodyChecksum, int checksum) {

    private static final int CHECKED = 28;

    /** Returns the header at a place of a buffer, null if none is there that was written with this salt. */
    static @Nullable GroupHeader read(ByteBuffer in, int at, SegmentHeader segment) {
        if (in.getInt(at) != JournalFormat.GROUP_MAGIC
                || in.getInt(at + CHECKED) != JournalFormat.checksum(segment.salt(), in, at, CHECKED)) {
            return null;
        }
        GroupHeader header = new GroupHeader(
                in.getInt(at + 4),
                in.getLong(at + 8),
                in.getInt(at + 16),
                in.getInt(at + 20),
                in.getInt(at + 24),
                in.getInt(at + CHECKED));
        boolean isPossible = header.bodyBytes > 0
                && header.bodyBytes <= segment.echoBytes() - JournalFormat.GROUP_HEADER
                && header.records > 0
                && header.records <= header.bodyBytes
                && header.first > segment.base();
        return isPossible ? header : null;
    }

    /** Completes a group whose body stands behind the room for its header. Returns the header checksum. */
    static int seal(ByteBuffer group, int bytes, long salt, long first, int records, int chain) {
        int body = bytes - JournalFormat.GROUP_HEADER;
        group.putInt(0, JournalFormat.GROUP_MAGIC)
                .putInt(4, body)
                .putLong(8, first)
                .putInt(16, records)
                .putInt(20, chain)
                .putInt(24, JournalFormat.checksum(salt, group, JournalFormat.GROUP_HEADER, body));
        int checksum = JournalFormat.checksum(salt, group, 0, CHECKED);
        group.putInt(CHECKED, checksum);
        return checksum;
    }

    /** Returns whether the body behind a header that stands at a place is what was written. */
    boolean hasBody(ByteBuffer in, int at, long salt) {
        return bodyChecksum == JournalFormat.checksum(salt, in, at + JournalFormat.GROUP_HEADER, bodyBytes);
    }

    int bytes() {
        return JournalFormat.GROUP_HEADER + bodyBytes;
    }
}
