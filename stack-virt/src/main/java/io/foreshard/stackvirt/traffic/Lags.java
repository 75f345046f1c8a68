package io.foreshard.stackvirt.traffic;

/**
 * Whether a stack is needed some time after it was: how often that was so for each time between, whatever happened in it. Tells several timers from each other, and finds one again
 * after it missed.
 */
final class Lags {

    /** How many uses are remembered. */
    static final int MOST = 24;

    private static final int BINS = 352;
    private static final double LEAST = 1e-4;

    private final Context context = new Context(BINS, 1500);
    private final long[] starts = new long[MOST];
    private int count;

    void started(long slot) {
        starts[count++ % MOST] = slot;
    }

    /** Thirty-two steps to the octave. */
    private static int bin(long lag) {
        if (lag < 32) {
            return (int) Math.max(0, lag);
        }
        int octave = 63 - Long.numberOfLeadingZeros(lag);
        int part = (int) (lag >> (octave - 5)) & 31;
        return Math.min(BINS - 1, 32 + (octave - 5) * 32 + part);
    }

    /** Returns the probability by all uses together, and notes their times for {@link #learn}. */
    double look(Situation seen, long slot, double base) {
        int known = Math.min(count, MOST);
        double quiet = 1;
        for (int i = 0; i < known; i++) {
            int bin = bin(slot - starts[i]);
            seen.lags[i] = bin;
            double excess = (context.probability(bin, base) - base) / (1 - base);
            quiet *= 1 - Math.max(0, Math.min(0.999, excess));
        }
        seen.lagCount = known;
        return Math.max(LEAST, 1 - (1 - base) * quiet);
    }

    void learn(Situation seen, boolean needed) {
        for (int i = 0; i < seen.lagCount; i++) {
            context.record(seen.lags[i], needed);
        }
    }
}
