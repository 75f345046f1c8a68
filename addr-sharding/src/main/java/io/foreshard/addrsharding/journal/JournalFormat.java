package io.foreshard.addrsharding.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of the files. Numbers are big-endian; checksums are CRC32C (RFC 3720, appendix B.4).
 *
 * <p><b>Both kinds of file</b> begin with 16 bytes that no version changes:
 *
 * <pre>
 *  0  8  magic: "FSHDJRNL" a segment of the journal, "FSHDSNAP" a snapshot
 *  8  4  version, 1
 * 12  4  checksum of bytes 0…11
 * </pre>
 *
 * <p><b>A segment</b>, {@code journal-<base revision, 16 hexadecimal digits>}:
 *
 * <pre>
 * 16  8  base revision: of the last change before this segment
 * 24  8  base time: the latest time of a change before this segment, milliseconds since 1970
 * 32  8  salt: random, begins the checksums of groups, so that no name can be made to look like a group
 * 40  4  chain: header checksum of the last group of the segment before, 0 if there is none
 * 44  4  E: bytes of each echo, a multiple of 4096
 * 48  4  checksum of bytes 16…47
 * 52     zeros
 * 4096      E  echo 0: a second copy of the newest group with an even number in this segment (from 0)
 * 4096+E    E  echo 1: of the newest group with an odd number
 * 4096+2E      groups, one behind the other, to the end of the file
 * </pre>
 *
 * <p><b>A group</b> is what one force made durable; all of it counts, or nothing:
 *
 * <pre>
 *  0  4  magic "FSGP"
 *  4  4  bytes of the body, at most E - 32
 *  8  8  revision of the first record; the others follow by one
 * 16  4  how many records
 * 20  4  chain: header checksum of the group before
 * 24  4  checksum of the salt and the body
 * 28  4  header checksum: of the salt and bytes 0…27
 * 32     body: records
 * </pre>
 *
 * <p><b>A record</b> is a length of 2 bytes and an allocation, see {@link AllocationCodec}.
 *
 * <p><b>A snapshot</b>, {@code snapshot-<first revision, 16 hexadecimal digits>}, is written while changes go on: together with all changes
 * behind the first revision it gives the state of any revision from the last one on.
 *
 * <pre>
 * 16  8  first revision: all allocations that did not change since are included
 * 24  4  checksum of bytes 16…23
 * 28     blocks, then the end, then nothing
 *
 * a block:                                   the end:
 *  0  4  magic "FSSB"                         0  4  magic "FSSE"
 *  4  4  bytes of the body                    4  8  last revision
 *  8  4  how many records                    12  8  how many records in all
 * 12  4  checksum of the body                20  8  floor of shards
 * 16  4  checksum of bytes 0…15              28  8  floor of addresses
 * 20     body: records                       36  8  latest time of a change
 *                                            44  4  checksum of bytes 0…43
 * </pre>
 *
 * <p><b>Why echoes.</b> A journal cannot tell a last group that was damaged later from one that a loss of power cut short. Each force therefore
 * makes two copies durable in two places. If the copy in its place is bad, the echo repairs it. If both are bad, the group was never
 * acknowledged, or two places were damaged. And an echo of a later group proves that all before it were acknowledged, so a file
 * that lost its end is refused.
 */
final class JournalFormat {

    static final int VERSION = 1;
    static final int COMMON_BYTES = 16;
    static final long SEGMENT_MAGIC = 0x46534844_4a524e4cL;
    static final long SNAPSHOT_MAGIC = 0x46534844_534e4150L;

    static final int SEGMENT_HEADER_END = 52;
    static final int PAGE = 4096;
    static final int LEAST_ECHO_BYTES = PAGE;
    static final int MOST_ECHO_BYTES = 4 << 20;

    static final int GROUP_MAGIC = 0x46534750;
    static final int GROUP_HEADER = 32;

    static final int SNAPSHOT_HEADER_END = 28;
    static final int BLOCK_MAGIC = 0x46535342;
    static final int BLOCK_HEADER = 20;
    static final int END_MAGIC = 0x46535345;
    static final int END_BYTES = 48;

    static final int RECORD_HEADER = 2;

    private JournalFormat() {}

    /** Returns the checksum of a range of a buffer, whose position and limit stay. */
    static int checksum(ByteBuffer buffer, int from, int bytes) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(from + bytes).position(from));
        return (int) crc.getValue();
    }

    /** Returns the checksum of the salt and a range of a buffer, whose position and limit stay. */
    static int checksum(long salt, ByteBuffer buffer, int from, int bytes) {
        CRC32C crc = new CRC32C();
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            crc.update((int) (salt >>> shift));
        }
        crc.update(buffer.duplicate().limit(from + bytes).position(from));
        return (int) crc.getValue();
    }

    /** Puts the 16 bytes that begin a file, at the start of a buffer. */
    static void putCommon(ByteBuffer buffer, long magic) {
        buffer.putLong(0, magic).putInt(8, VERSION);
        buffer.putInt(12, checksum(buffer, 0, 12));
    }
}
