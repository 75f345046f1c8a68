package io.foreshard.runtime;

/** Notices that a level has risen: the mean of the last values against that of many more. Not safe for use by several threads. */
final class LevelWatch {

    private static final double RECENT = 1 / 20.0;
    private static final double LONG_AGO = 1 / 200.0;
    private static final int LEAST_VALUES = 40;
    private static final double ERRORS = 4;
    /** Less is not worth a question. */
    private static final double LEAST_RISE = 0.1;

    private long count;
    private double recent;
    private double mean;
    private double variance;

    void add(double value) {
        count++;
        double off = value - mean;
        double part = Math.max(LONG_AGO, 1.0 / count);
        mean += part * off;
        variance = (1 - part) * (variance + part * off * off);
        recent += Math.max(RECENT, 1.0 / count) * (value - recent);
    }

    boolean hasRisen() {
        double error = Math.sqrt(variance * RECENT / (2 - RECENT));
        return count >= LEAST_VALUES && recent - mean > Math.max(LEAST_RISE, ERRORS * error);
    }

    void clear() {
        count = 0;
        recent = 0;
        mean = 0;
        variance = 0;
    }
}
