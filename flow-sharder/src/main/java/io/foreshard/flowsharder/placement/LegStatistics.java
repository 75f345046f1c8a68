package io.foreshard.flowsharder.placement;

/**
 * What tells legs behind one bottleneck from others (RFC 8382, section 3.2). Delays are one-way or round trips, of any clock: only their
 * differences count.
 *
 * @param skew how many more delays were below than above their mean, as a share of all, -1…1: near 0 or less where a queue stands
 * @param variabilityNanos mean absolute deviation of delays
 * @param oscillation how often the delay crosses its mean notably, per interval, 0…1
 * @param lossRatio share of packets that were lost, 0…1
 */
public record LegStatistics(double skew, double variabilityNanos, double oscillation, double lossRatio) {

    /** Of a leg of which too little is known. */
    public static final LegStatistics UNKNOWN = new LegStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Returns whether enough is known. */
    public boolean isKnown() {
        return !Double.isNaN(skew);
    }
}
