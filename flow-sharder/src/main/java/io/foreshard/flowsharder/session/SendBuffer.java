package io.foreshard.flowsharder.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The part of a stream that the far edge may not have yet, as it came: nothing is copied, and nothing is given back before the far edge
 * says that it delivered it. Belongs to one event loop.
 */
final class SendBuffer {

    private static final int MOST_WASTE = 4;
    private static final int COLLECTOR_BYTES = 512;

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>(4);
    private long end;
    private long heldBytes;

    private record Piece(long offset, ByteBuf content, boolean collects) {
        long end() {
            return offset + content.readableBytes();
        }
    }

    /** Takes what comes next in the stream; belongs to the buffer from now on. */
    void append(ByteBuf content) {
        int length = content.readableBytes();
        if (length * MOST_WASTE < content.capacity()) {
            copy(content);
            content.release();
        } else {
            add(content);
        }
        end += length;
    }

    /** Little of a large buffer would keep all of it, and many small pieces would be as many frames: such are put together. */
    private void copy(ByteBuf content) {
        int length = content.readableBytes();
        Piece last = pieces.peekLast();
        if (last != null && last.collects && last.content.maxFastWritableBytes() >= length) {
            last.content.writeBytes(content);
        } else if (length > 0) {
            ByteBuf collector = content.alloc().buffer(Math.max(length, COLLECTOR_BYTES));
            pieces.add(new Piece(end, collector.writeBytes(content), true));
            heldBytes += collector.capacity();
        }
    }

    private void add(ByteBuf content) {
        pieces.add(new Piece(end, content, false));
        heldBytes += content.capacity();
    }

    /** Returns the offset behind the last byte that came. */
    long end() {
        return end;
    }

    /** Returns the memory that is held. */
    long heldBytes() {
        return heldBytes;
    }

    /**
     * Returns how many bytes there are in a row.
     *
     * @param offset of the first, which is held
     * @param mostBytes above 0
     */
    int lengthAt(long offset, int mostBytes) {
        return (int) Math.min(mostBytes, at(offset).end() - offset);
    }

    /**
     * Returns some bytes of the stream.
     *
     * @param offset of the first, which is held
     * @param bytes no more than there are in a row
     * @return a slice with a count of its own, to be released by the caller
     */
    ByteBuf slice(long offset, int bytes) {
        Piece piece = at(offset);
        return piece.content.retainedSlice(piece.content.readerIndex() + (int) (offset - piece.offset), bytes);
    }

    private Piece at(long offset) {
        for (Iterator<Piece> each = nearest(offset); each.hasNext(); ) {
            Piece piece = each.next();
            if (piece.offset <= offset && offset < piece.end()) {
                return piece;
            }
        }
        throw new IllegalStateException("offset: " + offset + " (expected: held)");
    }

    /** New bytes are at one end and lost ones at the other, so one of the two ends is near. */
    private Iterator<Piece> nearest(long offset) {
        boolean late = !pieces.isEmpty() && offset - pieces.getFirst().offset > (end - pieces.getFirst().offset) / 2;
        return late ? pieces.descendingIterator() : pieces.iterator();
    }

    /** Gives back what lies before an offset. */
    void deliveredTo(long offset) {
        while (!pieces.isEmpty() && pieces.getFirst().end() <= offset) {
            drop(pieces.removeFirst());
        }
    }

    /** Gives back all. */
    void close() {
        pieces.forEach(this::drop);
        pieces.clear();
    }

    private void drop(Piece piece) {
        heldBytes -= piece.content.capacity();
        piece.content.release();
    }
}
