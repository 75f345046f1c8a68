package io.foreshard.runtime;

/**
 * The maximum over a sliding window of time, from three samples only.
 *
 * <p>Kathleen Nichols' filter, known from Linux {@code lib/win_minmax.c} and BBR: it keeps the best sample, the best after
 * that one and the best after the second, so that a successor stands ready when the best leaves the window. The successors are
 * renewed when a quarter and a half of the window have passed. Linux does so only while they coincide; here also while they lie
 * less than a quarter of the window apart, because successors close together leave the window together, and after them almost
 * nothing is remembered. So the result is never larger than the exact maximum of the window and never smaller than the exact
 * maximum of its newer half.
 *
 * <p>Single-threaded: belongs to one event loop. Times must not go back.
 */
public final class WindowedMax {

    private final long windowNanos;
    private boolean empty = true;
    private long bestValue;
    private long bestNanos;
    private long secondValue;
    private long secondNanos;
    private long thirdValue;
    private long thirdNanos;

    /**
     * Makes an empty filter.
     *
     * @param windowNanos length of the window in nanoseconds, above 0
     * @throws IllegalArgumentException if the length is not above 0
     */
    public WindowedMax(long windowNanos) {
        this.windowNanos = Checks.positive("windowNanos", windowNanos);
    }

    /**
     * Takes a sample.
     *
     * @param nowNanos the time
     * @param value the sample
     */
    public void update(long nowNanos, long value) {
        if (empty || value >= bestValue || isExpired(nowNanos, thirdNanos)) {
            empty = false;
            setBest(nowNanos, value);
        } else {
            replaceLesser(nowNanos, value);
            renew(nowNanos, value);
        }
    }

    /** {@return the maximum as of the last sample, or {@link Long#MIN_VALUE} when empty} */
    public long get() {
        return empty ? Long.MIN_VALUE : bestValue;
    }

    /**
     * {@return the maximum as of a later time, or {@link Long#MIN_VALUE} when no sample is left in the window}
     *
     * @param nowNanos the time
     */
    public long get(long nowNanos) {
        if (empty || isExpired(nowNanos, thirdNanos)) {
            return Long.MIN_VALUE;
        }
        if (!isExpired(nowNanos, bestNanos)) {
            return bestValue;
        }
        return isExpired(nowNanos, secondNanos) ? thirdValue : secondValue;
    }

    /** {@return whether no sample was taken since the start or the last reset} */
    public boolean isEmpty() {
        return empty;
    }

    /** Forgets all samples. */
    public void reset() {
        empty = true;
    }

    private boolean isExpired(long nowNanos, long sampleNanos) {
        return nowNanos - sampleNanos > windowNanos;
    }

    private boolean isClose(long earlierNanos, long laterNanos) {
        return laterNanos - earlierNanos <= windowNanos / 4;
    }

    private void replaceLesser(long nowNanos, long value) {
        if (value >= secondValue) {
            setSecond(nowNanos, value);
        } else if (value >= thirdValue) {
            setThird(nowNanos, value);
        }
    }

    private void renew(long nowNanos, long value) {
        long ageNanos = nowNanos - bestNanos;
        if (ageNanos > windowNanos) {
            dropBest(nowNanos, value);
            if (isExpired(nowNanos, bestNanos)) {
                dropBest(nowNanos, value);
            }
        } else if (isClose(bestNanos, secondNanos) && ageNanos > windowNanos / 4) {
            setSecond(nowNanos, value);
        } else if (isClose(secondNanos, thirdNanos) && ageNanos > windowNanos / 2) {
            setThird(nowNanos, value);
        }
    }

    private void dropBest(long nowNanos, long value) {
        bestValue = secondValue;
        bestNanos = secondNanos;
        secondValue = thirdValue;
        secondNanos = thirdNanos;
        setThird(nowNanos, value);
    }

    private void setBest(long nowNanos, long value) {
        bestValue = value;
        bestNanos = nowNanos;
        setSecond(nowNanos, value);
    }

    private void setSecond(long nowNanos, long value) {
        secondValue = value;
        secondNanos = nowNanos;
        setThird(nowNanos, value);
    }

    private void setThird(long nowNanos, long value) {
        thirdValue = value;
        thirdNanos = nowNanos;
    }
}
