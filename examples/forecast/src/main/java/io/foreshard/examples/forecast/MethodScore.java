package io.foreshard.examples.forecast;

/**
 * How well a method did in a back-test. NaN where it cannot be told, as on a constant series.
 *
 * @param name of the method
 * @param mase mean absolute error over that of the seasonal naive forecast on the older part
 * @param relativeMae mean absolute error over that of the seasonal naive forecast, of the naive one without a season, on the same
 *     windows; 1 when neither errs, infinite when only this one does
 * @param smape symmetric mean absolute percentage error, per cent
 * @param msis mean scaled interval score of the 95 % band
 * @param coverage share of the samples within the 95 % band
 * @param comparison Diebold-Mariano statistic of the chosen forecaster against this one, negative when the chosen one errs
 *     less; NaN where they were not compared
 * @param pValue of that statistic, two-sided
 * @param cpuMillis CPU time of the whole run over the series
 */
record MethodScore(
        String name,
        double mase,
        double relativeMae,
        double smape,
        double msis,
        double coverage,
        double comparison,
        double pValue,
        double cpuMillis) {

    /** A method that did not run. */
    static MethodScore unknown(String name) {
        double nan = Double.NaN;
        return new MethodScore(name, nan, nan, nan, nan, nan, nan, nan, nan);
    }
}
