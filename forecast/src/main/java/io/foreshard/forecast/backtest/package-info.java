/**
 * Back-tests by rolling origin: how well methods would have forecast a series, had they been run in the past.
 *
 * <p>Series and named methods flow into a {@link io.foreshard.forecast.backtest.Backtest}; a
 * {@link io.foreshard.forecast.backtest.BacktestResult} with scores, tests and the raw forecasts flows out. Threads are handed in, and
 * the result does not depend on how many there are.
 */
@NullMarked
package io.foreshard.forecast.backtest;

import org.jspecify.annotations.NullMarked;
