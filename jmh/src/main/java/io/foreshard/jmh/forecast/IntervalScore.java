package io.foreshard.jmh.forecast;

import java.util.Locale;

/**
 * How the 95 % intervals of a method did on the second half of a series.
 *
 * @param series its name
 * @param horizon steps ahead
 * @param method who
 * @param coverage share of samples within
 * @param worstWindow the same in the worst 200 samples in a row
 * @param score mean interval score (Winkler 1972), in the unit of the series
 * @param naiveError mean absolute error of the last value, in the same unit
 */
record IntervalScore(
        String series,
        int horizon,
        String method,
        double coverage,
        double worstWindow,
        double score,
        double naiveError) {

    static final String HEADER = "series,horizon,method,coverage,worst200,interval_score,naive_error,mae,n,cpu_s";

    static IntervalScore parse(String[] row) {
        return new IntervalScore(
                row[0],
                Integer.parseInt(row[1]),
                row[2],
                Rows.number(row[3]),
                Rows.number(row[4]),
                Rows.number(row[5]),
                Rows.number(row[6]));
    }

    String row(double meanError, int samples, double cpuSeconds) {
        return String.format(
                Locale.ROOT,
                "%s,%d,%s,%.5f,%.4f,%.8g,%.8g,%.8g,%d,%.2f",
                series,
                horizon,
                method,
                coverage,
                worstWindow,
                score,
                naiveError,
                meanError,
                samples,
                cpuSeconds);
    }

    /** The series and the horizon, as the name of a case. */
    String condition() {
        return "h" + horizon + "/" + series;
    }

    double scaledScore() {
        return score / naiveError;
    }
}
