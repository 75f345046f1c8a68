package io.foreshard.flowsharder.placement;

/**
 * Sums up the delays of one leg over the last {@value #LONG_INTERVALS} intervals, each some 350 ms long and of all legs the same (RFC 8382,
 * section 3.2). Belongs to one thread; allocates nothing per delay. What is lost may go untold where it cannot be seen, as on TCP.
 */
public final class LegDelays {

    /** How long an interval is best, in nanoseconds (RFC 8382, section 3.1). */
    public static final long INTERVAL_NANOS = 350_000_000L;

    private static final int LONG_INTERVALS = 50;
    private static final int SHORT_INTERVALS = 30;
    /** How far beyond the mean counts as notable, in units of the variability. */
    private static final double NOTABLE = 0.7;

    private final double[] means = new double[LONG_INTERVALS];
    private final double[] skews = new double[LONG_INTERVALS];
    private final double[] deviations = new double[LONG_INTERVALS];
    private final int[] counts = new int[LONG_INTERVALS];
    private final int[] losses = new int[LONG_INTERVALS];
    private final boolean[] crossed = new boolean[LONG_INTERVALS];
    private int intervals;

    private double longMean = Double.NaN;
    private double lastMean = Double.NaN;
    private double sum;
    private double skewSum;
    private double deviationSum;
    private int count;
    private int lost;
    private boolean isHigh;

    /** Makes an empty summary. */
    public LegDelays() {}

    /**
     * Takes the delay of a packet or a probe.
     *
     * @param delayNanos in nanoseconds, from any zero
     */
    public void add(double delayNanos) {
        count++;
        sum += delayNanos;
        if (!Double.isNaN(longMean)) {
            skewSum += Math.signum(longMean - delayNanos);
        }
        if (!Double.isNaN(lastMean)) {
            deviationSum += Math.abs(delayNanos - lastMean);
        }
    }

    /** Takes that a packet was lost. */
    public void lose() {
        lost++;
    }

    /** Ends an interval; to be called for all legs at the same times. */
    public void endInterval() {
        int at = intervals % LONG_INTERVALS;
        lastMean = count == 0 ? lastMean : sum / count;
        means[at] = lastMean;
        skews[at] = skewSum;
        deviations[at] = deviationSum;
        counts[at] = count;
        losses[at] = lost;
        intervals++;
        longMean = longMean();
        crossed[at] = crosses(lastMean);
        sum = 0;
        skewSum = 0;
        deviationSum = 0;
        count = 0;
        lost = 0;
    }

    private boolean crosses(double mean) {
        double notable = NOTABLE * variability();
        boolean wasHigh = isHigh;
        isHigh = isHigh ? mean > longMean - notable : mean > longMean + notable;
        return isHigh != wasHigh;
    }

    private double longMean() {
        int known = Math.min(intervals, SHORT_INTERVALS);
        double total = 0;
        for (int back = 1; back <= known; back++) {
            total += means[(intervals - back) % LONG_INTERVALS];
        }
        return total / known;
    }

    private double variability() {
        return recent(deviations) / recentCount();
    }

    private double recent(double[] values) {
        double total = 0;
        for (int back = 1; back <= Math.min(intervals, SHORT_INTERVALS); back++) {
            total += values[(intervals - back) % LONG_INTERVALS];
        }
        return total;
    }

    private double recentCount() {
        double total = 0;
        for (int back = 1; back <= Math.min(intervals, SHORT_INTERVALS); back++) {
            total += counts[(intervals - back) % LONG_INTERVALS];
        }
        return total;
    }

    /** Returns what the last intervals tell; {@link LegStatistics#UNKNOWN} before {@value #LONG_INTERVALS} have passed. */
    public LegStatistics statistics() {
        if (intervals < LONG_INTERVALS || recentCount() == 0) {
            return LegStatistics.UNKNOWN;
        }
        double crossings = 0;
        double lostAll = 0;
        double all = 0;
        for (int i = 0; i < LONG_INTERVALS; i++) {
            crossings += crossed[i] ? 1 : 0;
            lostAll += losses[i];
            all += counts[i] + losses[i];
        }
        return new LegStatistics(
                recent(skews) / recentCount(), variability(), crossings / LONG_INTERVALS, lostAll / all);
    }
}
