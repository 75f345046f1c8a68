package io.foreshard.jmh.gain;

import java.util.Arrays;

/**
 * What one run came to.
 *
 * @param messages how many were looked at
 * @param p50 of their completion times, in milliseconds
 * @param p99 of their completion times, in milliseconds
 * @param fluidP99 what the p99 would be if the link were never idle while messages wait: no sender can be better
 * @param openShare share of the time in which the gate was open
 */
record GainResult(int messages, double p50, double p99, double fluidP99, double openShare) {

    static GainResult of(double[] completionMillis, double[] fluidMillis, double openShare) {
        double[] sorted = completionMillis.clone();
        Arrays.sort(sorted);
        double[] fluid = fluidMillis.clone();
        Arrays.sort(fluid);
        return new GainResult(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(fluid, 0.99), openShare);
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
