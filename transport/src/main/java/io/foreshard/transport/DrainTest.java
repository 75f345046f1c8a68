package io.foreshard.transport;

/**
 * Holds back what is in flight and looks at what the round trip becomes: a queue of our own shrinks by as much as we do, a rival's
 * stays. Only packets count that left when no more than the test's window was in flight. Confined to one event loop.
 */
final class DrainTest {

    private static final int MIN_SAMPLES = 3;

    private long windowBytes;
    private int roundTrips;
    private long settledNanos;
    private long stepNanos;
    private int steps;
    private int samples;
    private long shortestNanos;

    /**
     * Starts.
     *
     * @param testWindowBytes what may be in flight meanwhile
     * @param lengthRoundTrips how long to look once no more is in flight: the last round trip counts
     */
    void begin(long testWindowBytes, int lengthRoundTrips) {
        windowBytes = testWindowBytes;
        roundTrips = lengthRoundTrips;
        settledNanos = Long.MAX_VALUE;
        steps = 0;
        samples = 0;
        shortestNanos = Long.MAX_VALUE;
    }

    /** Takes an acknowledgement; returns whether the answer is there. */
    boolean onAck(RateSample sample) {
        long now = sample.nowNanos;
        if (settledNanos == Long.MAX_VALUE && sample.inFlightBytes <= windowBytes) {
            settledNanos = now;
            stepNanos = now;
        }
        if (sample.rttNanos <= 0 || settledNanos == Long.MAX_VALUE || now - sample.rttNanos - stepNanos < 0) {
            return false;
        }
        if (steps < roundTrips - 1) {
            steps++;
            stepNanos = now;
            return false;
        }
        shortestNanos = Math.min(shortestNanos, sample.rttNanos);
        return ++samples >= MIN_SAMPLES && now - stepNanos >= 2 * sample.rttNanos;
    }

    long windowBytes() {
        return windowBytes;
    }

    /** Returns the shortest round trip seen under the test's window. */
    long shortestRttNanos() {
        return shortestNanos;
    }
}
