package io.foreshard.forecast.series;

/** How several steps become one. */
public enum Aggregation {
    /** For amounts per step (requests, bytes): missing steps count as the mean of the ones there. */
    SUM,
    /** For levels and rates (utilisation, bytes per second): the mean of the steps that are there. */
    MEAN;

    double of(double sum, int present, int factor) {
        if (present == 0 || 2L * present < factor) {
            return Double.NaN;
        }
        double mean = sum / present;
        return this == MEAN ? mean : mean * factor;
    }
}
