package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.AckRanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a flow: what was not delivered yet, what of it was never sent, and what is to be sent again. The end of the stream
 * counts as one place behind its last byte. Belongs to one event loop.
 */
final class StreamOut {

    private final SendBuffer buffer = new SendBuffer();
    private @Nullable Ranges again;
    private @Nullable Ranges arrived;
    private @Nullable ArrayDeque<SentFrame> sent;
    private long next;
    private long delivered;
    private long credit;
    private @Nullable Leg firstOver;
    private boolean ended;
    private long pieceFrom;
    private int pieceBytes;
    private boolean pieceFin;

    StreamOut(long credit) {
        this.credit = credit;
    }

    void append(ByteBuf content) {
        buffer.append(content);
    }

    /** Nothing more is appended. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns whether the other side has everything, and knows that it is all. */
    boolean isComplete() {
        return ended && delivered == buffer.end() + 1;
    }

    /** Returns the memory that is held. */
    long heldBytes() {
        return buffer.heldBytes();
    }

    /** Returns the bytes that were never sent. */
    long unsentBytes() {
        return Math.max(0, buffer.end() - next);
    }

    long creditBytes() {
        return credit - next;
    }

    long delivered() {
        return delivered;
    }

    /** Returns whether all that was sent was delivered. */
    boolean isQuiet() {
        return delivered == next;
    }

    /**
     * Finds what is to be sent next: what is lost comes first.
     *
     * @return whether there is anything
     */
    boolean prepare(int mostBytes) {
        return prepareAgain(mostBytes) || prepareNew(mostBytes);
    }

    private boolean prepareAgain(int mostBytes) {
        Ranges lost = again;
        if (lost == null || lost.isEmpty()) {
            return false;
        }
        prepare(lost.firstFrom(), lost.firstTo(), mostBytes);
        return true;
    }

    private boolean prepareNew(int mostBytes) {
        long to = Math.min(buffer.end(), credit);
        boolean fin = ended && next == buffer.end();
        if (next >= to && !fin) {
            return false;
        }
        prepare(next, ended && to == buffer.end() ? to + 1 : to, mostBytes);
        return true;
    }

    private void prepare(long from, long to, int mostBytes) {
        pieceFrom = from;
        long most = Math.min(Math.min(to, buffer.end()) - from, mostBytes);
        pieceBytes = most <= 0 ? 0 : buffer.lengthAt(from, (int) most);
        pieceFin = to > buffer.end() && from + pieceBytes == buffer.end();
    }

    /** Returns the offset of the piece that was prepared. */
    long pieceFrom() {
        return pieceFrom;
    }

    int pieceBytes() {
        return pieceBytes;
    }

    /** Returns whether the prepared piece was sent before. */
    boolean isPieceAgain() {
        return pieceFrom < next;
    }

    boolean pieceFin() {
        return pieceFin;
    }

    /** Returns where the prepared piece ends, the end of the stream counting as one. */
    long pieceTo() {
        return pieceFrom + pieceBytes + (pieceFin ? 1 : 0);
    }

    /** Returns the bytes of the prepared piece, to be released by the caller. */
    ByteBuf slice() {
        return pieceBytes == 0 ? Unpooled.EMPTY_BUFFER : buffer.slice(pieceFrom, pieceBytes);
    }

    /** The prepared piece was sent, as this frame. */
    void sent(SentFrame frame) {
        long to = pieceTo();
        if (frame.from <= delivered) {
            firstOver = frame.leg;
        }
        if (pieceFrom < next) {
            if (again != null) {
                again.remove(pieceFrom, to);
            }
        } else {
            next = to;
        }
        if (sent == null) {
            sent = new ArrayDeque<>(4);
        }
        forgetFrames(sent);
        sent.add(frame);
    }

    /** A range is to be sent again, as far as the other side does not have it. */
    void lost(long from, long to) {
        long begin = Math.max(from, delivered);
        if (begin >= to) {
            return;
        }
        if (again == null) {
            again = new Ranges();
        }
        again.add(begin, to);
        if (arrived != null) {
            arrived.removeFrom(again);
        }
    }

    /** Returns whether something waits to be sent again. */
    boolean isLost() {
        return again != null && !again.isEmpty();
    }

    /** All that the other side does not say it has is to be sent again. */
    void lostAll() {
        lost(delivered, next);
    }

    /**
     * Takes what the other side says.
     *
     * @return whether that can be
     */
    boolean acked(long upTo, long newCredit, AckRanges ranges) {
        if (upTo > next || (ranges.size() > 0 && ranges.to(ranges.size() - 1) > next)) {
            return false;
        }
        credit = Math.max(credit, newCredit);
        if (upTo > delivered) {
            delivered = upTo;
            firstOver = null;
            buffer.deliveredTo(Math.min(upTo, buffer.end()));
            forget();
        }
        remember(ranges);
        return true;
    }

    private void remember(AckRanges ranges) {
        if (ranges.size() == 0) {
            arrived = null;
            return;
        }
        Ranges news = new Ranges();
        for (int i = 0; i < ranges.size(); i++) {
            news.add(ranges.from(i), ranges.to(i));
        }
        arrived = news;
        if (again != null) {
            news.removeFrom(again);
        }
    }

    private void forget() {
        if (again != null) {
            again.remove(0, delivered);
            if (again.isEmpty()) {
                again = null;
            }
        }
        if (sent != null) {
            forgetFrames(sent);
        }
    }

    /** Who never delivers must not make the list grow: what arrived, or was given to other legs, is of no use in it either. */
    private void forgetFrames(ArrayDeque<SentFrame> frames) {
        while (!frames.isEmpty() && (frames.getFirst().settled || frames.getFirst().to <= delivered)) {
            frames.removeFirst();
        }
    }

    /** Returns the frames whose contents were not all delivered, the first that was sent first; some may be settled. */
    Iterable<SentFrame> frames() {
        return sent == null ? List.of() : sent;
    }

    /** Returns whether anything is under way. */
    boolean isUnderWay() {
        for (SentFrame frame : frames()) {
            if (!frame.settled) {
                return true;
            }
        }
        return false;
    }

    /** Returns the leg over which the first that is missing was sent last, {@code null} where that is not known. */
    @Nullable
    Leg firstOver() {
        return firstOver;
    }

    void close() {
        firstOver = null;
        buffer.close();
        again = null;
        arrived = null;
        sent = null;
    }
}
