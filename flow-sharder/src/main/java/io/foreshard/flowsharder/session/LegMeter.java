package io.foreshard.flowsharder.session;

import io.foreshard.runtime.RttEstimator;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * What a leg passes, and how much may be under way on it. A leg is a TCP connection through a relay, so there are two socket buffers and a
 * relay's between the edges: what is put in there waits where nobody can take it back. So no more is under way than twice what the
 * leg passes in a round trip (BBR, ACM Queue 14-5, 2016, whose measure of the delivery rate this is). Belongs to one event loop.
 */
final class LegMeter {

    private static final double WINDOW_GAIN = 1.5;
    private static final double DRAIN_GAIN = 0.5;
    private static final long DRAIN_EVERY_NANOS = 5_000_000_000L;
    private static final long LEAST_DRAIN_NANOS = 20_000_000L;
    private static final double STARTUP_GAIN = 2.885;
    private static final double GROWTH = 1.25;
    private static final int ROUNDS_WITHOUT_GROWTH = 3;
    private static final long LEAST_WINDOW_BYTES = 64 * 1024;
    private static final int RATE_ROUNDS = 6;
    private static final long INITIAL_ROUND_TRIP_NANOS = 100_000_000L;

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final RttEstimator roundTrip = new RttEstimator(INITIAL_ROUND_TRIP_NANOS);
    private LongConsumer delays = nanos -> {};
    private long sentBytes;
    private long ackedBytes;
    private long progressNanos;
    private long ackedSentNanos;
    private long roundEndBytes;
    private double rate;
    private double olderRate;
    private int rateRounds;
    private boolean measured;
    private double fullRate;
    private int flatRounds;
    private boolean draining;
    private long drainNanos;

    /** What was true when bytes up to here were sent. */
    private record Mark(
            long endBytes, long sentNanos, long ackedThen, long progressThenNanos, long ackedSentNanos, boolean full) {}

    /** Begins with a leg that was just joined, and on which so many bytes went before. */
    LegMeter(long bytesBefore, long nowNanos) {
        sentBytes = bytesBefore;
        ackedBytes = bytesBefore;
        roundEndBytes = bytesBefore;
        progressNanos = nowNanos;
        ackedSentNanos = nowNanos;
        drainNanos = nowNanos;
    }

    /** Takes up to where frames that have to be acknowledged were just sent. */
    void sent(long endBytes, long nowNanos) {
        if (sentBytes <= ackedBytes) {
            // Silence while nothing was under way is nobody's fault.
            progressNanos = nowNanos;
            ackedSentNanos = nowNanos;
        }
        sentBytes = endBytes;
        boolean full = inFlightBytes() > windowBytes() / 2;
        marks.add(new Mark(sentBytes, nowNanos, ackedBytes, progressNanos, ackedSentNanos, full));
    }

    /** Takes what the other side says it has; no more than was written. */
    void acked(long bytes, long nowNanos) {
        if (bytes <= ackedBytes) {
            return;
        }
        ackedBytes = bytes;
        Mark newest = null;
        while (!marks.isEmpty() && marks.getFirst().endBytes <= bytes) {
            newest = marks.removeFirst();
        }
        if (newest != null) {
            measure(newest, nowNanos);
        }
        progressNanos = nowNanos;
    }

    private void measure(Mark mark, long nowNanos) {
        roundTrip.onSample(nowNanos - mark.sentNanos, 0, nowNanos);
        delays.accept(nowNanos - mark.sentNanos);
        ackedSentNanos = mark.sentNanos;
        // No faster than it was sent: acknowledgements that come together tell of more than the leg passes.
        long span = Math.max(Math.max(nowNanos - mark.progressThenNanos, mark.sentNanos - mark.ackedSentNanos), 1);
        double sample = (ackedBytes - mark.ackedThen) * 1e9 / span;
        // Who sends little learns nothing of what could pass, unless it is more than was thought.
        if (mark.full || (bytesPerSecond() > 0 && sample > bytesPerSecond())) {
            rate = Math.max(rate, sample);
            measured = true;
        }
        if (ackedBytes >= roundEndBytes) {
            roundEndBytes = sentBytes;
            endRound(nowNanos);
        }
    }

    private void endRound(long nowNanos) {
        if (draining && nowNanos - drainNanos >= LEAST_DRAIN_NANOS) {
            draining = false;
            drainNanos = nowNanos;
        } else if (!draining && nowNanos - drainNanos >= DRAIN_EVERY_NANOS) {
            draining = true;
            drainNanos = nowNanos;
        }
        if (measured) {
            measured = false;
            ageRate();
        }
        if (bytesPerSecond() >= GROWTH * fullRate) {
            fullRate = bytesPerSecond();
            flatRounds = 0;
        } else {
            flatRounds++;
        }
    }

    /** Remembers the best of as many rounds as were measured, at least, and twice as many at most. */
    private void ageRate() {
        if (++rateRounds == RATE_ROUNDS) {
            rateRounds = 0;
            olderRate = rate;
            rate = 0;
        }
    }

    /** Returns the bytes per second that it passes, 0 while that is not known. */
    double bytesPerSecond() {
        return Math.max(rate, olderRate);
    }

    /** Returns the shortest round trip, 0 while none is known. */
    long leastRoundTripNanos() {
        return roundTrip.hasSample() ? roundTrip.minNanos() : 0;
    }

    void observe(LongConsumer listener) {
        delays = listener;
    }

    RttEstimator roundTrip() {
        return roundTrip;
    }

    long inFlightBytes() {
        return Math.max(0, sentBytes - ackedBytes);
    }

    long ackedBytes() {
        return ackedBytes;
    }

    /**
     * Returns how many bytes may be under way. Twice the product keeps a line of its own making on the leg, which its shortest round trip
     * would soon contain; so now and then it is let drain.
     */
    long windowBytes() {
        double gain = draining ? DRAIN_GAIN : flatRounds < ROUNDS_WITHOUT_GROWTH ? STARTUP_GAIN : WINDOW_GAIN;
        double product = bytesPerSecond() * leastRoundTripNanos() / 1e9;
        return Math.max(LEAST_WINDOW_BYTES, (long) (gain * product));
    }

    /** What it passed before a silence says nothing of what it passes now, but the silence does. */
    private void restart(double bytesPerSecond) {
        rate = bytesPerSecond;
        olderRate = 0;
        rateRounds = 0;
        fullRate = 0;
        flatRounds = 0;
        marks.clear();
    }

    /** Takes what the other side says it has, after a silence. */
    void ackedAfterSilence(long bytes, long nowNanos) {
        double slow = (bytes - ackedBytes) * 1e9 / Math.max(1, nowNanos - progressNanos);
        acked(bytes, nowNanos);
        restart(slow);
    }

    /** This side was away for a time, so silence for as long says nothing of the leg. */
    void forgive(long nanos) {
        progressNanos += nanos;
    }

    /** Returns for how long bytes under way have shown no progress, 0 when none is. */
    long stalledNanos(long nowNanos) {
        return inFlightBytes() == 0 ? 0 : Math.max(0, nowNanos - progressNanos);
    }
}
