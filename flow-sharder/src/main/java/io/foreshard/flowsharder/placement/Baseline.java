package io.foreshard.flowsharder.placement;

/** What a number usually is, and since when it has been far from that. What stays far off for ten minutes becomes usual. */
final class Baseline {

    private static final double MEMORY_NANOS = 60e9;
    private static final long LASTING_NANOS = 600_000_000_000L;

    private double usual = Double.NaN;
    private long lastNanos;
    private long farSinceNanos;
    private boolean isFar;
    private boolean hasGivenIn;

    /** Takes a number, {@link Double#NaN} when it is not known now; far is so many times the usual, or so many times less. */
    void observe(double value, double factor, boolean farIsMore, long nowNanos) {
        boolean wasFar = isFar;
        isFar = farIsMore ? value > factor * usual : value < usual / factor;
        hasGivenIn = false;
        if (isFar && !wasFar) {
            farSinceNanos = nowNanos;
        }
        if (isFarFor(LASTING_NANOS, nowNanos)) {
            forget();
            hasGivenIn = true;
        }
        if (!isFar && !Double.isNaN(value)) {
            follow(value, nowNanos);
        }
    }

    private void follow(double value, long nowNanos) {
        double gain = 1 - Math.exp(-(nowNanos - lastNanos) / MEMORY_NANOS);
        usual = Double.isNaN(usual) ? value : usual + gain * (value - usual);
        lastNanos = nowNanos;
    }

    void forget() {
        usual = Double.NaN;
        isFar = false;
    }

    boolean isFarFor(long nanos, long nowNanos) {
        return isFar && nowNanos - farSinceNanos >= nanos;
    }

    /** Whether the newest number is not far off only because it has been for so long. */
    boolean hasGivenIn() {
        return hasGivenIn;
    }
}
