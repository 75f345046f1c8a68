package io.foreshard.runtime;

/**
 * A bound on bytes retained. Charge the capacity that is really held, not the bytes that are used of it.
 *
 * <p>Single-threaded: belongs to one event loop.
 */
public final class ByteBudget {

    private final long limitBytes;
    private long usedBytes;
    private long peakBytes;

    /**
     * Makes a budget of which nothing is used.
     *
     * @param limitBytes the bound, {@code >= 0}
     * @throws IllegalArgumentException if the bound is negative
     */
    public ByteBudget(long limitBytes) {
        this.limitBytes = Checks.notNegative("limitBytes", limitBytes);
    }

    /**
     * Takes bytes out of the budget if they fit, all or none.
     *
     * @param bytes how many, {@code >= 0}
     * @return whether they were taken
     * @throws IllegalArgumentException if the number is negative
     */
    public boolean tryReserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
        if (bytes > limitBytes - usedBytes) {
            return false;
        }
        usedBytes += bytes;
        peakBytes = Math.max(peakBytes, usedBytes);
        return true;
    }

    /**
     * Gives bytes back.
     *
     * @param bytes how many, {@code >= 0}
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException if more is given back than was taken; the budget is then unchanged
     */
    public void release(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
        if (bytes > usedBytes) {
            throw new IllegalStateException("bytes: " + bytes + " (expected: <= " + usedBytes + " in use)");
        }
        usedBytes -= bytes;
    }

    /** {@return the bytes taken and not given back} */
    public long usedBytes() {
        return usedBytes;
    }

    /** {@return the bound} */
    public long limitBytes() {
        return limitBytes;
    }

    /** {@return the bytes that can still be taken} */
    public long availableBytes() {
        return limitBytes - usedBytes;
    }

    /** {@return the most bytes that were ever in use} */
    public long peakBytes() {
        return peakBytes;
    }
}
