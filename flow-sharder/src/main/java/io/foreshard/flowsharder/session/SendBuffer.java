package io.foreshard.flowsharder.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The part of a stream that the far edge may not have yet, as it came: nothing is copied, and nothing is given back before the far edge
 * says that it delivered it. Belongs to one event loop.
 */
final class SendBuffer {

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private long end;
    private long heldBytes;

    private record Piece(long offset, ByteBuf content) {
        long end() {
            return offset + content.readableBytes();
        }
    }

    /** Takes what comes next in the stream; belongs to the buffer from now on. */
    void append(ByteBuf content) {
        if (!content.isReadable()) {
            content.release();
            return;
        }
        pieces.add(new Piece(end, content));
        end += content.readableBytes();
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
     * Returns some bytes of the stream, at most those of one piece.
     *
     * @param offset of the first, which is held
     * @param mostBytes above 0
     * @return a slice with a count of its own, to be released by the caller
     */
    ByteBuf slice(long offset, int mostBytes) {
        for (Iterator<Piece> each = nearest(offset); each.hasNext(); ) {
            Piece piece = each.next();
            if (piece.offset <= offset && offset < piece.end()) {
                int skip = (int) (offset - piece.offset);
                int length = (int) Math.min(mostBytes, piece.end() - offset);
                return piece.content.retainedSlice(piece.content.readerIndex() + skip, length);
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
