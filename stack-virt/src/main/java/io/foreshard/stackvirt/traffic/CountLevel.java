package io.foreshard.stackvirt.traffic;

/** How many of something are expected in a slot, by those before: three averages of different memory, of which the one counts that was nearest of late. */
final class CountLevel {

    private static final double[] WEIGHTS = {0.5, 0.1, 0.02};
    private static final double ERROR_WEIGHT = 0.02;
    private static final double SPREAD_WEIGHT = 0.05;
    private static final double LEAST_SPREAD = 0.2;
    /** What is added to a count before the square root, so that an empty slot has a spread too. */
    private static final double OFFSET = 0.25;

    private final double[] means = new double[WEIGHTS.length];
    private final double[] errors = new double[WEIGHTS.length];
    private int best;
    private int slots;
    private double spread = 1;

    void slot(double count) {
        double off = Math.abs(count - means[best]) / Math.sqrt(means[best] + OFFSET);
        spread += slots == 0 ? 0 : SPREAD_WEIGHT * (off - spread);
        slots = Math.min(1 << 20, slots + 1);
        for (int i = 0; i < WEIGHTS.length; i++) {
            double error = count - means[i];
            errors[i] += slots == 1 ? 0 : ERROR_WEIGHT * (error * error - errors[i]);
            means[i] += Math.max(WEIGHTS[i], 1.0 / slots) * error;
        }
        for (int i = 0; i < WEIGHTS.length; i++) {
            best = errors[i] < errors[best] ? i : best;
        }
    }

    /** Returns the count that is expected. */
    double center() {
        return means[best];
    }

    /** Returns how far from it counts are, on average: as many times the root of the count as they were of late. */
    double spread() {
        return Math.max(LEAST_SPREAD, spread) * Math.sqrt(means[best] + OFFSET);
    }
}
