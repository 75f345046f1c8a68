package io.foreshard.flowsharder.session;

import io.foreshard.runtime.ByteBudget;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * The receiving half of a flow: puts pieces in order, passes them on, and counts what the flow's end took of it. What each flow holds
 * beyond its least window is charged to a budget; what does not fit is dropped and has to be sent again. Belongs to one event loop.
 */
final class StreamIn {

    /** What became of a piece. */
    enum Outcome {
        TAKEN,
        BEYOND_CREDIT,
        NO_MEMORY,
        CONTRADICTION
    }

    private final SessionLimits limits;
    private final ByteBudget memory;
    private final ReorderBuffer buffer;
    final CreditWindow window;
    private long taken;
    private long charged;

    StreamIn(SessionLimits limits, ByteBudget memory, ByteBudget windows, Consumer<ByteBuf> inOrder, long nowNanos) {
        this.limits = limits;
        this.memory = memory;
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
        if (offset + length > buffer.next() && !charge(heldBytes() + length)) {
            return Outcome.NO_MEMORY;
        }
        boolean fits = buffer.offer(offset, payload, fin);
        charge(heldBytes());
        return fits ? Outcome.TAKEN : Outcome.CONTRADICTION;
    }

    /** The flow's end has taken so many bytes more. */
    void taken(long bytes) {
        taken += bytes;
        charge(heldBytes());
    }

    long takenBytes() {
        return taken;
    }

    /** Returns what waits here, out of order or at the flow's end. */
    private long heldBytes() {
        return buffer.earlyBytes() + buffer.next() - taken;
    }

    private boolean charge(long held) {
        long wanted = Math.max(0, held - limits.leastWindowBytes());
        if (wanted > charged && !memory.tryReserve(wanted - charged)) {
            return false;
        }
        if (wanted < charged) {
            memory.release(charged - wanted);
        }
        charged = wanted;
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
        buffer.close();
        memory.release(charged);
        charged = 0;
        window.shrink();
    }
}
