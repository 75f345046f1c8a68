package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stack as the multiplexer sees it: its link, what it has, how it has done. */
final class Seat implements StackLink.Listener {

    /** The place of one that is not among the stacks of its kind. */
    static final int NOWHERE = -1;

    /** Whether it gets messages. */
    enum State {
        COMING,
        OPEN,
        SUSPENDED,
        DRAINING,
        DRAINED,
        GONE
    }

    final StackId id;
    final StackEvents events;
    /** What it has, in the order in which it was sent. */
    final Line inFlight = new Line();
    /** What waits for it alone, because of its key. */
    final Line waiting = new Line();

    final Latencies latencies = new Latencies();
    final Errors errors = new Errors();
    State state = State.COMING;

    private final Kind kind;
    private final int maxInFlight;
    private @Nullable StackLink link;
    private int allowed = 1;
    private StackCondition condition = StackCondition.UNKNOWN;
    private long creditBytes = Long.MAX_VALUE;
    private int place = NOWHERE;
    private boolean isWritable;
    private boolean isDismissed;
    /** Of what it has, what somebody waits for. */
    private int awaited;

    private long inFlightBytes;
    /** When something happened to it last. */
    private long heardNanos;

    private long replies;
    private long failures;
    /** Messages whose places were freed although the answers may still come. */
    private long abandoned;

    Seat(StackId id, StackEvents events, Kind kind, int maxInFlight) {
        this.id = id;
        this.events = events;
        this.kind = kind;
        this.maxInFlight = maxInFlight;
    }

    /** Returns false if it has a link already. */
    boolean connect(StackLink connected) {
        if (link != null) {
            return false;
        }
        link = connected;
        isWritable = connected.isWritable();
        if (state == State.COMING) {
            state = State.OPEN;
        }
        kind.roster.update(this);
        return true;
    }

    /** Lets it have no new messages. */
    void stop(State stopped) {
        state = stopped;
        kind.roster.update(this);
    }

    void resume() {
        state = link == null ? State.COMING : State.OPEN;
        kind.roster.update(this);
    }

    void condition(StackCondition newCondition) {
        condition = newCondition;
        kind.roster.update(this);
    }

    StackCondition condition() {
        return condition;
    }

    void credits(long bytes) {
        creditBytes = bytes;
        kind.roster.update(this);
    }

    /** Sets its place among the stacks of its kind. */
    void place(int newPlace) {
        place = newPlace;
        kind.roster.update(this);
    }

    int place() {
        return place;
    }

    long heardNanos() {
        return heardNanos;
    }

    /** Whether it could have messages at once, if it were let. */
    boolean isConnected() {
        return link != null && state != State.GONE;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean takes(int bytes) {
        return bytes <= roomBytes();
    }

    /** Returns the size of the largest message that it takes; below 0 if it takes none. */
    long roomBytes() {
        if (state != State.OPEN || !isWritable || inFlight.size() >= allowed) {
            return -1;
        }
        return inFlightBytes == 0 ? Long.MAX_VALUE : creditBytes - inFlightBytes;
    }

    int awaited() {
        return awaited;
    }

    /**
     * Sends a message. The answer, or the end of the stack, may come before this returns.
     *
     * @return false if the link did not take it; the message is then as before, and the stack takes nothing until the link says that it does
     */
    boolean send(Exchange exchange, ByteBuf message, boolean keep, long nowNanos) {
        StackLink to = Objects.requireNonNull(link, "link");
        long correlation = exchange.correlation;
        begin(exchange, nowNanos);
        int reader = message.readerIndex();
        // Indexes of its own for the link if the message may be needed again; else one more reference in case that it
        // is not taken.
        boolean taken = kind.isTaken(to, correlation, keep ? message.retainedDuplicate() : message.retain());
        boolean untouched = exchange.seat == this && exchange.correlation == correlation;
        if (!taken) {
            isWritable = false;
            kind.roster.update(this);
            if (untouched) {
                message.readerIndex(reader);
                exchange.attempts--;
                end(exchange);
            }
            return !untouched;
        }
        if (untouched && !keep && exchange.isAwaited()) {
            exchange.message = null;
            message.release();
        }
        if (isWritable && !to.isWritable()) {
            isWritable = false;
            kind.roster.update(this);
        }
        return true;
    }

    private void begin(Exchange exchange, long nowNanos) {
        exchange.inFlightBefore = inFlight.size();
        exchange.sentNanos = nowNanos;
        exchange.seat = this;
        exchange.attempts++;
        inFlight.add(exchange);
        inFlightBytes += exchange.capacity;
        awaited++;
        heardNanos = nowNanos;
        kind.roster.update(this);
    }

    /** A message was answered or will not be. */
    void end(Exchange exchange) {
        inFlight.remove(exchange);
        inFlightBytes -= exchange.capacity;
        awaited -= exchange.isAwaited() ? 1 : 0;
        exchange.seat = null;
        kind.roster.update(this);
    }

    /** Nobody waits any more for the answer to a message. */
    void giveUp() {
        awaited--;
    }

    /** A message was answered; it is to be ended next. */
    void answered(Exchange exchange, boolean well, long nowNanos) {
        if (well) {
            replies++;
            latencies.record(exchange.inFlightBefore, nowNanos - exchange.sentNanos, nowNanos);
            allowed = Math.min(maxInFlight, allowed + 1);
        } else {
            failures++;
        }
        errors.record(!well, nowNanos);
        heardNanos = nowNanos;
    }

    /** The same for one that nobody waited for any more. */
    void late(Exchange exchange, long nowNanos) {
        latencies.record(exchange.inFlightBefore, nowNanos - exchange.sentNanos, nowNanos);
        heardNanos = nowNanos;
    }

    void silent(long nowNanos) {
        failures++;
        errors.record(true, nowNanos);
        heardNanos = nowNanos;
        kind.roster.update(this);
    }

    void abandon() {
        abandoned++;
    }

    /** Returns whether an answer to no message under way may be to one that was abandoned. */
    boolean mayBeAbandoned() {
        if (abandoned == 0) {
            return false;
        }
        abandoned--;
        return true;
    }

    /** Its events hear nothing more. */
    void dismiss() {
        isDismissed = true;
    }

    boolean isDismissed() {
        return isDismissed;
    }

    void close() {
        if (link != null) {
            link.close();
        }
    }

    StackStatistics statistics(long nowNanos) {
        return new StackStatistics(
                id,
                isOpen(),
                inFlight.size(),
                inFlightBytes,
                replies,
                failures,
                latencies.median(inFlight.size(), nowNanos));
    }

    @Override
    public void onReply(long correlation, ByteBuf reply) {
        kind.replied(this, correlation, reply);
    }

    @Override
    public void onError(long correlation) {
        kind.failed(this, correlation);
    }

    @Override
    public void onPong(long correlation) {
        kind.tell(() -> events.onPong(correlation));
    }

    @Override
    public void onWritable() {
        isWritable = true;
        kind.roster.update(this);
        kind.pump();
    }

    @Override
    public void onClosed(StackFailure failure) {
        kind.closed(this, failure);
    }
}
