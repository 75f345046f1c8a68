package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import java.nio.ByteBuffer;

/** Takes the records of files. */
@FunctionalInterface
interface RecordSink {

    /**
     * Takes a record that {@link AllocationCodec#problem} has found good; the buffer is not to be kept.
     *
     * @param revision of the change; that of the snapshot for a record of a snapshot
     * @param in holds the record
     * @param from where it begins
     * @param bytes its length
     * @throws StoreException if it cannot be
     */
    void take(long revision, ByteBuffer in, int from, int bytes) throws StoreException;

    /**
     * Passes the records of a body on.
     *
     * @param file for the message
     * @param offset of the body in the file, for the message
     * @param first revision of the first record
     * @param step how much it grows with each
     * @throws StoreException if there is something else in the body, or the sink refuses
     */
    static void takeAll(
            ByteBuffer in,
            int body,
            int bytes,
            int records,
            String file,
            long offset,
            long first,
            int step,
            RecordSink sink)
            throws StoreException {
        int at = body;
        for (int i = 0; i < records; i++) {
            boolean hasLength = at + JournalFormat.RECORD_HEADER <= body + bytes;
            int length = hasLength ? in.getShort(at) & 0xffff : 0;
            int record = at + JournalFormat.RECORD_HEADER;
            String problem = hasLength && record + length <= body + bytes
                    ? AllocationCodec.problem(in, record, length)
                    : "the records are longer than what holds them";
            if (problem != null) {
                throw Corruption.at(file, offset + at - body, problem);
            }
            sink.take(first + (long) i * step, in, record, length);
            at = record + length;
        }
        if (at != body + bytes) {
            throw Corruption.at(file, offset + at - body, "something is behind the last record");
        }
    }
}
