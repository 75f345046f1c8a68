package io.foreshard.examples.forecast;

/**
 * How well a method did in a back-test. NaN where it cannot be told, as on a constant series.
 *
 * @param name of the method
 * @param mae mean absolute error, in the unit of the series
 * @param mase mean absolute error over that of the seasonal naive forecast on the older part
 * @param smape symmetric mean absolute percentage error, per cent
 * @param msis mean scaled interval score of the 95 % band
 * @param coverage share of the samples within the 95 % band
 * @param comparison Diebold-Mariano statistic of the automatic forecaster against this one, negative when the automatic one errs
 *     less; NaN for the automatic one itself
 * @param pValue of that statistic, two-sided
 * @param cpuMillis CPU time of the whole run over the series
 */
record MethodScore(
        String name,
        double mae,
        double mase,
        double smape,
        double msis,
        double coverage,
        double comparison,
        double pValue,
        double cpuMillis) {}
