package io.foreshard.flowsharder.session;

import io.foreshard.runtime.RttEstimator;
import io.foreshard.runtime.WindowedMax;
import java.util.ArrayDeque;

/**
 * What a leg passes, and how much may be under way on it. A leg is a TCP connection through a relay, so there are two socket buffers and a
 * relay's between the edges: what is put in there waits where nobody can take it back. So no more is under way than twice what the
 * leg passes in a round trip (BBR, ACM Queue 14-5, 2016, whose measure of the delivery rate this is). Belongs to one event loop.
 */
final class LegMeter {

    private static final double WINDOW_GAIN = 2;
    private static final double STARTUP_GAIN = 2.885;
    private static final double GROWTH = 1.25;
    private static final int ROUNDS_WITHOUT_GROWTH = 3;
    private static final long LEAST_WINDOW_BYTES = 64 * 1024;
    private static final long RATE_WINDOW_NANOS = 2_000_000_000L;
    private static final long INITIAL_ROUND_TRIP_NANOS = 100_000_000L;

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final RttEstimator roundTrip = new RttEstimator(INITIAL_ROUND_TRIP_NANOS);
    private final WindowedMax rate = new WindowedMax(RATE_WINDOW_NANOS);
    private long sentBytes;
    private long ackedBytes;
    private long progressNanos;
    private long roundEndBytes;
    private double fullRate;
    private int flatRounds;

    /** What was true when bytes up to here were sent. */
    private record Mark(long endBytes, long sentNanos, long ackedThen, long progressThenNanos) {}

    LegMeter(long nowNanos) {
        progressNanos = nowNanos;
    }

    /** Takes what was just sent. */
    void sent(int bytes, long nowNanos) {
        if (sentBytes == ackedBytes) {
            // Silence while nothing was under way is nobody's fault.
            progressNanos = nowNanos;
        }
        sentBytes += bytes;
        marks.add(new Mark(sentBytes, nowNanos, ackedBytes, progressNanos));
    }

    /**
     * Takes what the other side says it has.
     *
     * @return whether that can be
     */
    boolean acked(long bytes, long nowNanos) {
        if (bytes > sentBytes || bytes < ackedBytes) {
            return bytes <= sentBytes;
        }
        if (bytes == ackedBytes) {
            return true;
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
        return true;
    }

    private void measure(Mark mark, long nowNanos) {
        roundTrip.onSample(nowNanos - mark.sentNanos, 0, nowNanos);
        long span = Math.max(nowNanos - mark.progressThenNanos, 1);
        rate.update(nowNanos, (long) ((ackedBytes - mark.ackedThen) * 1e9 / span));
        if (ackedBytes >= roundEndBytes) {
            roundEndBytes = sentBytes;
            endRound();
        }
    }

    private void endRound() {
        if (rate.get() >= GROWTH * fullRate) {
            fullRate = (double) rate.get();
            flatRounds = 0;
        } else {
            flatRounds++;
        }
    }

    /** Returns the bytes per second that it passes, 0 while that is not known. */
    double bytesPerSecond() {
        return rate.isEmpty() ? 0 : (double) rate.get();
    }

    /** Returns the shortest round trip, 0 while none is known. */
    long leastRoundTripNanos() {
        return roundTrip.hasSample() ? roundTrip.minNanos() : 0;
    }

    RttEstimator roundTrip() {
        return roundTrip;
    }

    long inFlightBytes() {
        return sentBytes - ackedBytes;
    }

    /** Returns the bytes sent up to now, by which a piece knows its place on the leg. */
    long sentBytes() {
        return sentBytes;
    }

    long ackedBytes() {
        return ackedBytes;
    }

    /** Returns how many bytes may be under way. */
    long windowBytes() {
        double gain = flatRounds < ROUNDS_WITHOUT_GROWTH ? STARTUP_GAIN : WINDOW_GAIN;
        double product = bytesPerSecond() * leastRoundTripNanos() / 1e9;
        return Math.max(LEAST_WINDOW_BYTES, (long) (gain * product));
    }

    /** Returns for how long bytes under way have shown no progress, 0 when none is. */
    long stalledNanos(long nowNanos) {
        return inFlightBytes() == 0 ? 0 : Math.max(0, nowNanos - progressNanos);
    }
}
