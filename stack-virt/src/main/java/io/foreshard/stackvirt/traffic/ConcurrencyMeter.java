package io.foreshard.stackvirt.traffic;

/** Messages at a time, averaged over windows of whole seconds, exactly: the integral over time, one sum a second. */
final class ConcurrencyMeter {

    private static final int SECONDS = 64;
    private static final long SECOND = 1000;

    private final double[] sums = new double[SECONDS];
    private long second = Long.MIN_VALUE;
    private long untilMillis;
    private int level;
    private int peak;

    /** Brings the integral up to a time. */
    void advance(long nowMillis) {
        if (second == Long.MIN_VALUE) {
            second = Math.floorDiv(nowMillis, SECOND);
            untilMillis = nowMillis;
        }
        if (nowMillis - untilMillis > SECONDS * SECOND) {
            java.util.Arrays.fill(sums, (double) level * SECOND);
            untilMillis = Math.floorDiv(nowMillis, SECOND) * SECOND;
            second = Math.floorDiv(nowMillis, SECOND);
            sums[slot(second)] = 0;
        }
        while (untilMillis < nowMillis) {
            long end = (second + 1) * SECOND;
            long to = Math.min(end, nowMillis);
            sums[slot(second)] += (double) level * (to - untilMillis);
            untilMillis = to;
            if (to == end) {
                second++;
                sums[slot(second)] = 0;
            }
        }
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    void change(long nowMillis, int by) {
        advance(nowMillis);
        level = Math.max(0, level + by);
        peak = Math.max(peak, level);
    }

    int level() {
        return level;
    }

    /** Returns the most at a time since it was asked last. */
    int takePeak() {
        int most = peak;
        peak = level;
        return most;
    }

    /** Returns the average over the last whole seconds. */
    double average(int seconds) {
        double sum = 0;
        for (int back = 1; back <= seconds; back++) {
            sum += sums[slot(second - back)];
        }
        return sum / (seconds * (double) SECOND);
    }
}
