package io.foreshard.forecast.decomposition;

import org.jspecify.annotations.Nullable;

/** Keeps the tricube weights by distance of the last few bandwidths, since most points of a smooth share one. */
final class Tricube {

    private static final int SLOTS = 64;

    private final double[] @Nullable [] tables = new double[SLOTS][];
    private final int[] bandwidths = new int[SLOTS];

    /**
     * The weights of the distances 0…reach, {@code (1 - (d/bandwidth)³)³}; as in the original code 1 within a thousandth of the
     * bandwidth and 0 beyond 0.999 of it.
     */
    double[] weights(int bandwidth, int reach) {
        int slot = bandwidth % SLOTS;
        double[] table = tables[slot];
        if (table == null || bandwidths[slot] != bandwidth || table.length <= reach) {
            table = table(bandwidth, reach);
            tables[slot] = table;
            bandwidths[slot] = bandwidth;
        }
        return table;
    }

    private static double[] table(int bandwidth, int reach) {
        double[] table = new double[reach + 1];
        for (int distance = 0; distance <= reach; distance++) {
            table[distance] = weight(distance, bandwidth);
        }
        return table;
    }

    private static double weight(double distance, double bandwidth) {
        if (distance > 0.999 * bandwidth) {
            return 0;
        }
        if (distance <= 0.001 * bandwidth) {
            return 1;
        }
        double share = distance / bandwidth;
        double falling = 1 - share * share * share;
        return falling * falling * falling;
    }
}
