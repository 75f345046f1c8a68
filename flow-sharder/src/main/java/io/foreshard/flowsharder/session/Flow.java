package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.runtime.ByteBudget;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A stream in each direction between the local ends at both edges, spread over the legs of its session. All methods are called on the
 * session's event loop.
 */
public final class Flow {

    private static final int UNSENT_BYTES = 256 * 1024;

    private final Session session;
    private final int id;
    final StreamOut out;
    final StreamIn in;
    private final @Nullable FlowHistory history;
    private @Nullable FlowEnd end;
    private boolean endTold;
    private boolean connected;
    private boolean targetKnown;
    private boolean sourceWaits;
    private long chargedOut;
    private long chargedLeast;
    private int underWay;
    private @Nullable ResetReason reset;

    /** What the other side does not know yet. */
    boolean openOwed;

    boolean ackOwed;
    boolean resetOwed;

    /** While the other side may not know the flow, its frames follow each other on one leg. */
    @Nullable
    Leg pinned;

    /** Where it waits to tell something. */
    final FlowQueue.Place debt = new FlowQueue.Place(this);

    /** Where it waits to send something. */
    final FlowQueue.Place line = new FlowQueue.Place(this);

    final @Nullable String target;
    private long quietDelivered = -1;
    private long quietNanos;
    private long stuckDelivered = -1;

    /**
     * Begins.
     *
     * @param goesTo where it goes
     * @param isOurs whether this side has begun it, so that the other has the target
     */
    Flow(Session session, int id, long credit, String goesTo, boolean isOurs, long nowNanos) {
        this.session = session;
        this.id = id;
        target = isOurs ? goesTo : null;
        history = session.schedulers.begin(goesTo, nowNanos);
        out = new StreamOut(credit);
        in = new StreamIn(session.limits, session.memory, session.windows, session.least, this::deliver, nowNanos);
    }

    /** Returns its number within the session. */
    public int id() {
        return id;
    }

    /**
     * Sets who takes what comes.
     *
     * @param localEnd called from now on
     */
    public void attach(FlowEnd localEnd) {
        end = localEnd;
    }

    /**
     * The local end is connected to the flow's target: tells the other side.
     *
     * @param nowNanos the time
     */
    public void connected(long nowNanos) {
        connected = true;
        session.debts.oweAck(this);
        session.touch(nowNanos);
    }

    boolean isConnected() {
        return connected;
    }

    /** The other side said that it has the target, or the target itself said something. */
    void targetAnswered() {
        if (!targetKnown && target != null && end != null) {
            targetKnown = true;
            end.onConnected();
        }
    }

    /**
     * Takes the next piece, which goes with the next {@link #flush}.
     *
     * @param content belongs to the flow from now on
     */
    public void send(ByteBuf content) {
        if (reset != null || out.isEnded()) {
            content.release();
            return;
        }
        if (history != null) {
            history.sent(content.readableBytes(), session.nowNanos());
        }
        out.append(content);
        chargeOut();
        session.pump.offer(this);
    }

    /**
     * Sends what was taken, as far as legs have room.
     *
     * @param nowNanos the time
     */
    public void flush(long nowNanos) {
        session.touch(nowNanos);
    }

    /**
     * Ends the stream behind what was sent; the other direction goes on.
     *
     * @param nowNanos the time
     */
    public void finish(long nowNanos) {
        if (reset == null && !out.isEnded()) {
            out.end();
            session.pump.offer(this);
            session.touch(nowNanos);
        }
    }

    /**
     * Ends both directions at once.
     *
     * @param reason told to the other side
     * @param nowNanos the time
     */
    public void reset(ResetReason reason, long nowNanos) {
        if (reset == null) {
            abort(reason);
            session.debts.oweReset(this);
            session.touch(nowNanos);
        }
    }

    /** Returns whether the source should go on; if not, {@link FlowEnd#onRoom} is called later. */
    public boolean hasRoom() {
        long held = out.heldBytes();
        boolean least = held < session.limits.leastWindowBytes() && (held == 0 || session.least.availableBytes() > 0);
        boolean affordable = least || session.memory.availableBytes() > 0;
        waits(!affordable || out.unsentBytes() >= UNSENT_BYTES || held >= session.limits.mostWindowBytes());
        return !sourceWaits;
    }

    boolean sourceWaits() {
        return sourceWaits;
    }

    private void waits(boolean now) {
        if (now != sourceWaits) {
            sourceWaits = now;
            session.flows.sourceWaits(now);
        }
    }

    /**
     * The local end has passed on so much of what came.
     *
     * @param bytes more than before
     * @param nowNanos the time
     */
    public void taken(long bytes, long nowNanos) {
        if (reset != null || bytes <= 0) {
            return;
        }
        in.taken(bytes);
        LegSet legs = session.legs;
        in.window.observe(in.takenBytes(), legs.shortestRoundTripNanos(), legs.longestRoundTripNanos(), nowNanos);
        if (!in.isComplete() && in.window.isWorthTelling(in.takenBytes())) {
            session.debts.oweAck(this);
            session.touch(nowNanos);
        }
    }

    /** Returns what waits behind the piece that was prepared: all that there is, when the source has to wait. */
    long backlogBytes() {
        return sourceWaits ? Long.MAX_VALUE : out.unsentBytes();
    }

    FlowKind kind() {
        return history == null ? FlowKind.UNKNOWN : history.kind();
    }

    boolean isReset() {
        return reset != null;
    }

    ResetReason resetReason() {
        return reset == null ? ResetReason.UNKNOWN : reset;
    }

    private void deliver(ByteBuf piece) {
        targetAnswered();
        FlowEnd taker = end;
        if (taker == null || reset != null) {
            piece.release();
        } else {
            if (history != null) {
                history.received(piece.readableBytes(), session.nowNanos());
            }
            taker.onData(piece);
        }
    }

    /** All of a read was taken: tells the end. */
    void readComplete() {
        FlowEnd taker = end;
        if (taker == null || reset != null) {
            return;
        }
        targetAnswered();
        taker.onDataComplete();
        if (in.isComplete() && !endTold) {
            endTold = true;
            taker.onEnd();
        }
    }

    /** The other side has more: makes room, and tells the source of it. */
    void outMoved() {
        chargeOut();
        if (sourceWaits && end != null && hasRoom()) {
            end.onRoom();
        }
    }

    private void chargeOut() {
        long held = out.heldBytes();
        long few = Math.min(held, session.limits.leastWindowBytes());
        chargedLeast = recharge(session.least, chargedLeast, few);
        chargedOut = recharge(session.memory, chargedOut, held - few);
    }

    /** Charges as much as there is, and returns it. */
    static long recharge(ByteBudget budget, long charged, long wanted) {
        long affordable = Math.min(wanted, charged + budget.availableBytes());
        if (affordable > charged) {
            budget.tryReserve(affordable - charged);
        } else {
            budget.release(charged - affordable);
        }
        return affordable;
    }

    /** The other side ended the flow, or nobody can help it any more. */
    void fail(ResetReason reason) {
        if (reset == null) {
            abort(reason);
            if (end != null) {
                end.onReset(reason);
            }
        }
    }

    private void abort(ResetReason reason) {
        reset = reason;
        waits(false);
        out.close();
        in.close();
        session.memory.release(chargedOut);
        chargedOut = 0;
        session.least.release(chargedLeast);
        chargedLeast = 0;
        openOwed = false;
        ackOwed = false;
    }

    void frameSent() {
        underWay++;
    }

    void frameSettled() {
        underWay--;
    }

    /** Returns whether both sides have all of both streams, whatever was not heard of yet. */
    boolean isComplete() {
        return out.isComplete() && in.isComplete();
    }

    /** Returns whether the other side is to be told something. */
    boolean owes() {
        return openOwed || ackOwed || resetOwed;
    }

    /** Returns whether neither side has anything to tell any more. */
    boolean isOver() {
        return underWay == 0 && !owes() && (reset != null || (isComplete() && endTold));
    }

    /**
     * Returns whether something is missing that nobody is going to send: all pieces arrived, but what they brought was not delivered, for a
     * time, and none waits to be sent again.
     */
    boolean isStuck(long nanos, long nowNanos) {
        if (reset != null || out.isQuiet() || out.isUnderWay() || out.isLost()) {
            quietDelivered = -1;
            return false;
        }
        if (quietDelivered != out.delivered()) {
            quietDelivered = out.delivered();
            quietNanos = nowNanos;
            return false;
        }
        return nowNanos - quietNanos >= nanos;
    }

    /** It is stuck: sends all again. Returns whether that was of no use the last time. */
    boolean sendAgain() {
        boolean inVain = stuckDelivered == out.delivered();
        stuckDelivered = out.delivered();
        out.lostAll();
        return inVain;
    }

    /** Gives back what is held, and waits for nothing more. */
    void forget() {
        debt.leave();
        line.leave();
        if (reset == null) {
            abort(ResetReason.CLOSED);
        }
    }
}
