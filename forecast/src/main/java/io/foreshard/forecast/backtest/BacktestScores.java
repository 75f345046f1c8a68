package io.foreshard.forecast.backtest;

/**
 * The scores of a method, on one series or as the mean over several; see {@link io.foreshard.forecast.score} for the measures. Lower is
 * better except for coverage. {@link Double#NaN} means that there was nothing to score.
 *
 * @param mase mean absolute error in units of the seasonal naive errors before the first origin
 * @param rmsse root mean squared error in units of the same errors, squared
 * @param smape per cent, 0…200
 * @param crps continuous ranked probability score by quantiles, in the units of {@code mase}
 * @param weightedQuantileLoss quantile losses over the magnitude of the series
 * @param msis interval score in the units of {@code mase}; NaN when a method gives no quantiles as far out as the interval
 * @param coverage share of samples within the interval; NaN as before
 * @param worstWindowCoverage least coverage of 200 forecast samples in a row, per horizon step; NaN as before
 * @param relativeMae mean absolute error over that of the seasonal naive forecast on the same origins
 * @param forecasts number of forecasts scored
 * @param failures number of forecasts that the method did not give; these are not in the scores
 */
public record BacktestScores(
        double mase,
        double rmsse,
        double smape,
        double crps,
        double weightedQuantileLoss,
        double msis,
        double coverage,
        double worstWindowCoverage,
        double relativeMae,
        int forecasts,
        int failures) {}
