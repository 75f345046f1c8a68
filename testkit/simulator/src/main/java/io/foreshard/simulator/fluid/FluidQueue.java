package io.foreshard.simulator.fluid;

/**
 * A bottleneck filled at a rate: {@code q' = inflow - capacity}, never below 0, and its queue delay as seen a fixed time later. Advances
 * in ticks of equal length. Not safe for use by several threads.
 */
public final class FluidQueue {

    private final double tickSeconds;
    private final double[] past;
    private int at;
    private double bytes;
    private double delaySeconds;

    /**
     * Makes an empty queue.
     *
     * @param tickSeconds length of a tick, above 0
     * @param ticksLate how many ticks later a queue delay is seen, not negative
     * @throws IllegalArgumentException if one is out of range
     */
    public FluidQueue(double tickSeconds, int ticksLate) {
        if (!(tickSeconds > 0)) {
            throw new IllegalArgumentException("tickSeconds: " + tickSeconds + " (expected: > 0)");
        }
        if (ticksLate < 0) {
            throw new IllegalArgumentException("ticksLate: " + ticksLate + " (expected: >= 0)");
        }
        this.tickSeconds = tickSeconds;
        this.past = new double[ticksLate + 1];
    }

    /**
     * Advances by a tick.
     *
     * @param inflowBytesPerSecond what flows in during it
     * @param capacityBytesPerSecond what can flow out during it, above 0
     */
    public void tick(double inflowBytesPerSecond, double capacityBytesPerSecond) {
        bytes = Math.max(0, bytes + (inflowBytesPerSecond - capacityBytesPerSecond) * tickSeconds);
        delaySeconds = bytes / capacityBytesPerSecond;
        past[at] = delaySeconds;
        at = (at + 1) % past.length;
    }

    /** Returns how long what flows in now waits, in seconds. */
    public double delaySeconds() {
        return delaySeconds;
    }

    /** Returns what is seen of it now, in seconds. */
    public double seenSeconds() {
        return past[at];
    }
}
