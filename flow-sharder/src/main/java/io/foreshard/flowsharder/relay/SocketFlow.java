package io.foreshard.flowsharder.relay;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One direction of a {@link SocketLeg}. */
final class SocketFlow {

    /** How much a flow may move before others have their turn. */
    private static final int TURN_BYTES = 1 << 20;

    private final FileDescriptor source;
    private final FileDescriptor target;
    private final Conduits conduits;
    private final RelayLoop.Tally bytes;
    private @Nullable Conduit through;
    private boolean sourceEnding;
    private boolean blocked;
    private boolean ended;

    /** Begins with what came before it; takes that. */
    SocketFlow(
            FileDescriptor source,
            FileDescriptor target,
            Conduits conduits,
            RelayLoop.Tally bytes,
            @Nullable Conduit early) {
        this.source = source;
        this.target = target;
        this.conduits = conduits;
        this.bytes = bytes;
        this.through = early;
    }

    enum State {
        /** Nothing more to move for now. */
        WAITS,
        /** There may be more, but it is the others' turn. */
        HAS_MORE,
        /** The system gave nothing to move it through. */
        STARVED,
        /** The source has ended, and all that came is with the target. */
        ENDED
    }

    /** The source has sent its end, behind what may still be there. */
    void endComes() {
        sourceEnding = true;
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean isEnded() {
        return ended;
    }

    /** Moves what is there, as far as the target takes it. */
    State move() throws IOException {
        if (ended) {
            return State.WAITS;
        }
        Conduit conduit = through == null ? conduits.take() : through;
        if (conduit == null) {
            return State.STARVED;
        }
        through = conduit;
        return move(conduit);
    }

    private State move(Conduit conduit) throws IOException {
        if (!conduit.isEmpty()) {
            return moveWaiting(conduit);
        }
        for (int moved = 0; moved < TURN_BYTES; ) {
            int filled = conduit.fill(source);
            int drained = conduit.isEmpty() ? 0 : conduit.drain(target);
            moved += drained;
            bytes.add(Math.max(0, filled));
            if (filled == Conduit.END) {
                return end();
            }
            boolean endMayCome = sourceEnding && conduit.isEmpty();
            if ((filled == 0 && drained == 0) || (conduit.isShort() && !endMayCome)) {
                return pause(conduit);
            }
        }
        return State.HAS_MORE;
    }

    /** What waits may be in something small: more goes through another one. */
    private State moveWaiting(Conduit conduit) throws IOException {
        conduit.drain(target);
        if (conduit.isEmpty()) {
            blocked = false;
            release();
            return move();
        }
        return pause(conduit);
    }

    private State pause(Conduit conduit) {
        blocked = !conduit.isEmpty();
        if (blocked) {
            through = conduits.park(conduit);
            return State.WAITS;
        }
        return sourceEnding ? end() : rest(State.WAITS);
    }

    private State end() {
        ended = true;
        blocked = false;
        return rest(State.ENDED);
    }

    private State rest(State state) {
        release();
        return state;
    }

    void release() {
        if (through != null) {
            conduits.giveBack(through);
            through = null;
        }
    }
}
