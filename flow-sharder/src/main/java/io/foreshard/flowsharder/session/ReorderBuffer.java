package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.AckRanges;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts a stream in order. What comes in order is handed on at once; what comes early waits, each byte once; what came before is dropped. A
 * gap is never skipped. Bounded by the window that its owner grants. Belongs to one event loop.
 */
final class ReorderBuffer {

    /** A slice may hold far more memory than it shows; what wastes more than this factor is copied. */
    private static final int MOST_WASTE = 4;

    /** What is in order seldom waits for long, so only what is as cheap to copy as to slice is copied. */
    private static final int LITTLE_BYTES = 1024;

    private final TreeMap<Long, ByteBuf> early = new TreeMap<>();
    private final Consumer<ByteBuf> inOrder;
    private long next;
    private long earlyBytes;
    private long finalOffset = Long.MAX_VALUE;

    /**
     * Makes a buffer at the beginning of a stream.
     *
     * @param inOrder takes each piece, which then belongs to it
     */
    ReorderBuffer(Consumer<ByteBuf> inOrder) {
        this.inOrder = inOrder;
    }

    /** Returns the offset of the first byte that is missing. */
    long next() {
        return next;
    }

    /** Returns whether the whole stream was handed on. */
    boolean isComplete() {
        return next == finalOffset;
    }

    /** Returns the pieces that wait. */
    int earlyPieces() {
        return early.size();
    }

    /** Returns the bytes that wait. */
    long earlyBytes() {
        return earlyBytes;
    }

    /**
     * Takes a piece.
     *
     * @param offset of its first byte
     * @param payload borrowed
     * @param fin whether the stream ends behind it
     * @return whether it fits to what came before; if not, nothing was taken
     */
    boolean offer(long offset, ByteBuf payload, boolean fin) {
        long end = offset + payload.readableBytes();
        if (fin ? !mayEndAt(end) : end > finalOffset) {
            return false;
        }
        if (fin) {
            finalOffset = end;
        }
        if (end <= next) {
            return true;
        }
        if (offset <= next) {
            take(piece(payload, payload.readerIndex() + (int) (next - offset), (int) (end - next), LITTLE_BYTES));
            takeEarly();
        } else {
            keep(offset, payload);
        }
        return true;
    }

    private boolean mayEndAt(long end) {
        boolean same = finalOffset == Long.MAX_VALUE || finalOffset == end;
        Map.Entry<Long, ByteBuf> last = early.lastEntry();
        return same && end >= next && (last == null || end >= end(last));
    }

    private static long end(Map.Entry<Long, ByteBuf> piece) {
        return piece.getKey() + piece.getValue().readableBytes();
    }

    private void take(ByteBuf piece) {
        next += piece.readableBytes();
        inOrder.accept(piece);
    }

    private void takeEarly() {
        for (Map.Entry<Long, ByteBuf> first = early.firstEntry();
                first != null && first.getKey() <= next;
                first = early.firstEntry()) {
            early.remove(first.getKey());
            ByteBuf piece = first.getValue();
            earlyBytes -= piece.readableBytes();
            long known = Math.min(next - first.getKey(), piece.readableBytes());
            if (known == piece.readableBytes()) {
                piece.release();
            } else {
                take(piece.skipBytes((int) known));
            }
        }
    }

    /** Keeps those parts of a piece that are new. */
    private void keep(long offset, ByteBuf payload) {
        long from = offset;
        long end = offset + payload.readableBytes();
        Map.Entry<Long, ByteBuf> before = early.floorEntry(from);
        if (before != null) {
            from = Math.max(from, end(before));
        }
        while (from < end) {
            Map.Entry<Long, ByteBuf> after = early.ceilingEntry(from);
            long to = after == null ? end : Math.min(end, after.getKey());
            if (to > from) {
                put(from, payload, payload.readerIndex() + (int) (from - offset), (int) (to - from));
            }
            from = after == null ? end : Math.max(to, end(after));
        }
    }

    private void put(long offset, ByteBuf payload, int index, int length) {
        early.put(offset, piece(payload, index, length, Integer.MAX_VALUE));
        earlyBytes += length;
    }

    private static ByteBuf piece(ByteBuf payload, int index, int length, int mostCopied) {
        boolean wasteful = payload.unwrap() != null && payload.unwrap().capacity() > MOST_WASTE * length;
        return wasteful && length <= mostCopied ? payload.copy(index, length) : payload.retainedSlice(index, length);
    }

    /** Tells what waits, adjoining pieces as one. */
    void tell(AckRanges ranges) {
        ranges.clear();
        long from = -1;
        long to = -1;
        for (Map.Entry<Long, ByteBuf> piece : early.entrySet()) {
            if (piece.getKey() != to) {
                if (from >= 0 && !ranges.add(from, to)) {
                    return;
                }
                from = piece.getKey();
            }
            to = end(piece);
        }
        if (from >= 0) {
            ranges.add(from, to);
        }
    }

    /** Gives back what waits. */
    void close() {
        early.values().forEach(ByteBuf::release);
        early.clear();
        earlyBytes = 0;
    }
}
