package io.foreshard.runtime;

/**
 * The minimum over a sliding window of time; the mirror image of {@link WindowedMax}.
 *
 * <p>Single-threaded: belongs to one event loop. Times must not go back.
 */
public final class WindowedMin {

    // The bitwise complement turns the order of longs around and, unlike the negation, has no overflow.
    private final WindowedMax complements;

    /**
     * Makes an empty filter.
     *
     * @param windowNanos length of the window in nanoseconds, above 0
     * @throws IllegalArgumentException if the length is not above 0
     */
    public WindowedMin(long windowNanos) {
        this.complements = new WindowedMax(windowNanos);
    }

    /**
     * Takes a sample.
     *
     * @param nowNanos the time
     * @param value the sample
     */
    public void update(long nowNanos, long value) {
        complements.update(nowNanos, ~value);
    }

    /** {@return the minimum as of the last sample, or {@link Long#MAX_VALUE} when empty} */
    public long get() {
        return ~complements.get();
    }

    /**
     * {@return the minimum as of a later time, or {@link Long#MAX_VALUE} when no sample is left in the window}
     *
     * @param nowNanos the time
     */
    public long get(long nowNanos) {
        return ~complements.get(nowNanos);
    }

    /** {@return whether no sample was taken since the start or the last reset} */
    public boolean isEmpty() {
        return complements.isEmpty();
    }

    /** Forgets all samples. */
    public void reset() {
        complements.reset();
    }
}
