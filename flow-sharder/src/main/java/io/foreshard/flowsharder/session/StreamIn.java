package io.foreshard.flowsharder.session;

import io.foreshard.runtime.ByteBudget;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * The receiving half of a flow: puts pieces in order, passes them on, and counts what the flow's end took of it. What came early is charged
 * to a budget, as is what the end did not take beyond the least window; what lies in that is charged to another. What does not fit is dropped
 * and has to be sent again, but the next piece for an end that took all always fits: nobody waits for others. Belongs to one event loop.
 */
final class StreamIn {

    /** What became of a piece. */
    enum Outcome {
        TAKEN,
        BEYOND_CREDIT,
        NO_MEMORY,
        CONTRADICTION
    }

    /** What a piece that waits costs besides its bytes. */
    private static final int PIECE_BYTES = 256;

    /** Pieces that wait: as many as the largest window has of the smallest that large streams are cut into. */
    private static final int MOST_PIECES = 4096;

    private final SessionLimits limits;
    private final ByteBudget memory;
    private final ByteBudget least;
    private final ReorderBuffer buffer;
    final CreditWindow window;
    private long taken;
    private long charged;
    private long chargedLeast;
    private boolean closed;

    StreamIn(
            SessionLimits limits,
            ByteBudget memory,
            ByteBudget windows,
            ByteBudget least,
            Consumer<ByteBuf> inOrder,
            long nowNanos) {
        this.limits = limits;
        this.memory = memory;
        this.least = least;
        buffer = new ReorderBuffer(inOrder);
        window = new CreditWindow(limits, windows, nowNanos);
    }

    /**
     * Takes a piece.
     *
     * @param payload borrowed
     */
    Outcome offer(long offset, ByteBuf payload, boolean fin) {
        int length = payload.readableBytes();
        if (offset + length > window.granted()) {
            return Outcome.BEYOND_CREDIT;
        }
        if (offset + length > buffer.next() && !hasRoom(offset, length)) {
            return Outcome.NO_MEMORY;
        }
        boolean fits = buffer.offer(offset, payload, fin);
        charge(earlyBytes(), unreadBytes());
        return fits ? Outcome.TAKEN : Outcome.CONTRADICTION;
    }

    private boolean hasRoom(long offset, int length) {
        if (offset > buffer.next()) {
            return buffer.earlyPieces() < MOST_PIECES && charge(earlyBytes() + length + PIECE_BYTES, unreadBytes());
        }
        long unread = offset + length - taken;
        long few = Math.min(unread, limits.leastWindowBytes());
        boolean fits = unreadBytes() == 0 || few - chargedLeast <= least.availableBytes();
        return fits && charge(earlyBytes(), unread);
    }

    /** The flow's end has taken so many bytes more. */
    void taken(long bytes) {
        taken += bytes;
        charge(earlyBytes(), unreadBytes());
    }

    long takenBytes() {
        return taken;
    }

    /** Returns what waits here out of order. */
    private long earlyBytes() {
        return buffer.earlyBytes() + (long) buffer.earlyPieces() * PIECE_BYTES;
    }

    /** Returns what waits at the flow's end. */
    private long unreadBytes() {
        return buffer.next() - taken;
    }

    private boolean charge(long early, long unread) {
        if (closed) {
            // The end may have ended the flow while it was handed a piece.
            return true;
        }
        long few = Math.min(unread, limits.leastWindowBytes());
        long wanted = early + unread - few;
        if (wanted > charged && !memory.tryReserve(wanted - charged)) {
            return false;
        }
        if (wanted < charged) {
            memory.release(charged - wanted);
        }
        charged = wanted;
        chargedLeast = Flow.recharge(least, chargedLeast, few);
        return true;
    }

    /** Returns up to where the stream was passed on, its end counting as one. */
    long delivered() {
        return buffer.next() + (buffer.isComplete() ? 1 : 0);
    }

    boolean isComplete() {
        return buffer.isComplete();
    }

    ReorderBuffer buffer() {
        return buffer;
    }

    void close() {
        closed = true;
        buffer.close();
        memory.release(charged);
        charged = 0;
        least.release(chargedLeast);
        chargedLeast = 0;
        window.shrink();
    }
}
