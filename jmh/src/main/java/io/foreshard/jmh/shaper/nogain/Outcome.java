package io.foreshard.jmh.shaper.nogain;

import java.util.Arrays;

/** When packets came and when they had arrived, and what the shaper thought of itself meanwhile. Not safe for use by several threads. */
final class Outcome {

    private final long lengthNanos;
    private long[] arrivedNanos = new long[1 << 20];
    private long[] latencyNanos = new long[1 << 20];
    private int packets;
    private long verdictNanos = Long.MAX_VALUE;
    private boolean noGain;
    private long bypassedSteps;
    private long lateSteps;

    Outcome(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    long lengthNanos() {
        return lengthNanos;
    }

    /** Takes a packet and returns its number. */
    int arrived(long nowNanos) {
        if (packets == arrivedNanos.length) {
            arrivedNanos = Arrays.copyOf(arrivedNanos, 2 * packets);
            latencyNanos = Arrays.copyOf(latencyNanos, 2 * packets);
        }
        arrivedNanos[packets] = nowNanos;
        return packets++;
    }

    void reached(int packet, long atNanos) {
        latencyNanos[packet] = atNanos - arrivedNanos[packet];
    }

    void observed(long nowNanos, boolean findsNoGain, boolean bypassed) {
        noGain = findsNoGain;
        if (findsNoGain) {
            verdictNanos = Math.min(verdictNanos, nowNanos);
        }
        if (nowNanos > lengthNanos - lengthNanos / 5) {
            lateSteps++;
            bypassedSteps += bypassed ? 1 : 0;
        }
    }

    /** Returns when the shaper first found that it does not help. */
    long verdictNanos() {
        return verdictNanos;
    }

    /** Returns whether it says so at the end and has lived by it in the last fifth, but for the epochs with which it compares. */
    boolean isBypassed() {
        return noGain && bypassedSteps > lateSteps / 2;
    }

    double bypassedShare() {
        return lateSteps == 0 ? 0 : (double) bypassedSteps / lateSteps;
    }

    double meanNanos(long fromNanos) {
        return Arrays.stream(latenciesFrom(fromNanos)).average().orElse(Double.NaN);
    }

    double p99Nanos(long fromNanos) {
        return quantile(latenciesFrom(fromNanos), 0.99);
    }

    double p50Nanos(long fromNanos) {
        return quantile(latenciesFrom(fromNanos), 0.5);
    }

    private static double quantile(long[] latencies, double share) {
        Arrays.sort(latencies);
        return latencies.length == 0 ? Double.NaN : (double) latencies[(int) (share * (latencies.length - 1))];
    }

    /** What had not arrived at the end is left out. */
    private long[] latenciesFrom(long fromNanos) {
        long[] latencies = new long[packets];
        int count = 0;
        for (int packet = 0; packet < packets; packet++) {
            if (arrivedNanos[packet] >= fromNanos && latencyNanos[packet] > 0) {
                latencies[count++] = latencyNanos[packet];
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    /** Returns how many packets did not arrive. */
    int missing() {
        int missing = 0;
        for (int packet = 0; packet < packets; packet++) {
            missing += latencyNanos[packet] == 0 ? 1 : 0;
        }
        return missing;
    }
}
