package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.RttEstimator;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One leg of a session: what is under way on it, and how far it may be trusted. Belongs to the session's event loop.
 */
public final class Leg {

    private static final long FIRST_REST_NANOS = 100_000_000L;
    /** A busy machine makes a leg look silent now and then. */
    private static final int PARDONED_DOUBTS = 2;

    private static final long MOST_REST_NANOS = 2_000_000_000L;
    private static final long MOST_SUSPICION_NANOS = 16_000_000_000L;
    private static final long MEMORY_NANOS = 10_000_000_000L;
    private static final long ACK_DELAY_NANOS = 5_000_000L;

    final FrameWriter writer;
    final LegPort port;
    final LegMeter meter;

    /** Flows that have to tell something over this leg and no other, while it takes nothing. */
    final FlowQueue held = new FlowQueue();

    private final int id;
    private final ArrayDeque<SentFrame> underWay = new ArrayDeque<>();
    private long receivedBytes;
    private boolean ackOwed;
    private boolean mayAnswer = true;
    private boolean flushOwed;
    private boolean confirmed;
    private boolean doubted;
    private boolean salvaged;
    private boolean leaving;
    private boolean left;
    private boolean dead;
    private int doubts;
    private int suspicions;
    private long waitingBytes;
    private long drainedNanos;
    private long doubtNanos;
    private long restUntilNanos;
    private long lastSentNanos;
    private long sentDataBytes;
    private long receivedDataBytes;

    Leg(int id, LegPort port, FrameWriter writer, long nowNanos) {
        this.id = id;
        this.port = port;
        this.writer = writer;
        meter = new LegMeter(writer.bytes(), nowNanos);
        restUntilNanos = nowNanos;
        drainedNanos = nowNanos;
        lastSentNanos = nowNanos;
    }

    /** Returns its number within the session. */
    public int id() {
        return id;
    }

    /** Returns the bytes of streams that were sent over it. */
    public long sentDataBytes() {
        return sentDataBytes;
    }

    /** Returns the bytes of streams that came over it. */
    public long receivedDataBytes() {
        return receivedDataBytes;
    }

    /** Returns the rate that it was seen to pass, bytes per second; 0 while unknown. */
    public double bytesPerSecond() {
        return meter.bytesPerSecond();
    }

    /** Returns the smoothed round trip, 0 while unknown. */
    public long roundTripNanos() {
        return meter.roundTrip().hasSample() ? meter.roundTrip().smoothedNanos() : 0;
    }

    /**
     * Tells of each round trip that is measured from now on.
     *
     * @param listener takes nanoseconds
     */
    public void observeRoundTrips(LongConsumer listener) {
        meter.observe(listener);
    }

    /** Returns whether it is up, was heard of and is not on its way out. */
    boolean isOpen() {
        return confirmed && !leaving && !dead;
    }

    boolean isDead() {
        return dead;
    }

    boolean isDoubted() {
        return doubted;
    }

    /** Returns whether new pieces may go over it. */
    boolean isTrusted(long nowNanos) {
        return isOpen() && !doubted && nowNanos >= restUntilNanos;
    }

    long writtenBytes() {
        return writer.bytes();
    }

    /** A frame that has to be acknowledged was written. */
    void wrote(SentFrame frame) {
        meter.sent(frame.endBytes, frame.sentNanos);
        underWay.add(frame);
        lastSentNanos = frame.sentNanos;
        flushOwed = true;
    }

    void wroteData(int bytes) {
        sentDataBytes += bytes;
    }

    void receivedData(int bytes) {
        receivedDataBytes += bytes;
    }

    /** Something was written that needs no acknowledgement. */
    void wrote() {
        flushOwed = true;
    }

    long roomBytes() {
        return port.isWritable() ? meter.windowBytes() - meter.inFlightBytes() : 0;
    }

    /** Takes what the other side has, and hands over what arrived. Returns whether that can be. */
    boolean acked(long bytes, long nowNanos, Consumer<SentFrame> arrived) {
        if (bytes > writer.bytes()) {
            return false;
        }
        boolean again = doubted && bytes > meter.ackedBytes();
        if (again) {
            meter.ackedAfterSilence(bytes, nowNanos);
        } else {
            meter.acked(bytes, nowNanos);
        }
        while (!underWay.isEmpty() && underWay.getFirst().endBytes <= bytes) {
            arrived.accept(underWay.removeFirst());
        }
        if (again) {
            trustAgain(nowNanos);
        }
        return true;
    }

    private void trustAgain(long nowNanos) {
        doubted = false;
        salvaged = false;
        if (doubts > PARDONED_DOUBTS) {
            long rest = Math.min(MOST_REST_NANOS, FIRST_REST_NANOS << Math.min(doubts - PARDONED_DOUBTS, 10));
            restUntilNanos = Math.max(restUntilNanos, nowNanos + rest);
        }
    }

    /** What was said to have come over it did not come: others are used for a while, longer each time until it did well for some. */
    void suspect(long nowNanos) {
        suspicions = nowNanos - restUntilNanos > MEMORY_NANOS ? 0 : suspicions;
        restUntilNanos = nowNanos + Math.min(MOST_SUSPICION_NANOS, MOST_REST_NANOS << Math.min(suspicions, 10));
        suspicions++;
    }

    /** This side was away for a time, so nothing of it can be held against the leg. */
    void forgive(long nanos) {
        meter.forgive(nanos);
        drainedNanos += nanos;
    }

    /**
     * Returns whether the other side says that it has everything, and yet does not read: the socket takes nothing for a time. Asked now and
     * then.
     */
    boolean isClogged(SessionLimits limits, long nowNanos) {
        long before = waitingBytes;
        waitingBytes = port.waitingBytes();
        if (waitingBytes == 0 || waitingBytes < before || !isQuiet()) {
            drainedNanos = nowNanos;
        }
        return nowNanos - drainedNanos > limits.convictNanos();
    }

    /** Looks for silence. Returns whether doubt is new. */
    boolean doubtIfSilent(SessionLimits limits, long nowNanos) {
        RttEstimator roundTrip = meter.roundTrip();
        long usual = roundTrip.smoothedNanos() + 4 * roundTrip.variationNanos() + ACK_DELAY_NANOS;
        long most = Math.max(limits.leastStallNanos(), Math.min(limits.mostStallNanos(), usual));
        if (doubted || dead || meter.stalledNanos(nowNanos) < most) {
            return false;
        }
        doubts = nowNanos - doubtNanos > MEMORY_NANOS ? 1 : doubts + 1;
        doubtNanos = nowNanos;
        doubted = true;
        return true;
    }

    /** Returns whether what is under way should be given to other legs, once. */
    boolean mayBeSalvaged() {
        return doubted && !salvaged;
    }

    void salvage(Consumer<SentFrame> lost) {
        salvaged = true;
        underWay.forEach(lost);
    }

    void confirm() {
        confirmed = true;
    }

    /** Returns whether anything came over it that only who has the secret can say. */
    public boolean isConfirmed() {
        return confirmed;
    }

    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** The other side sends nothing more. */
    void otherLeft() {
        left = true;
        leaving = true;
    }

    boolean hasOtherLeft() {
        return left;
    }

    void die() {
        dead = true;
    }

    boolean isQuiet() {
        return underWay.isEmpty();
    }

    long idleNanos(long nowNanos) {
        return nowNanos - lastSentNanos;
    }

    /** So much came in all; what came last is to be acknowledged. */
    void received(long bytes) {
        receivedBytes = bytes;
    }

    void oweAck() {
        ackOwed = true;
    }

    /** Whether an answer may go is seen before the pump fills all the room that there is. */
    void beforePump() {
        mayAnswer = port.isWritable();
    }

    /** Pays what is owed and sends it. Who sends and does not read gets no line of answers, but one when it takes more again. */
    void flush() {
        send();
        mayAnswer = port.isWritable();
        if (ackOwed && mayAnswer) {
            send();
        }
    }

    private void send() {
        if (dead) {
            return;
        }
        if (ackOwed && mayAnswer) {
            ackOwed = false;
            flushOwed = true;
            port.write(writer.legAck(receivedBytes));
        }
        if (flushOwed) {
            flushOwed = false;
            port.flush();
        }
    }
}
