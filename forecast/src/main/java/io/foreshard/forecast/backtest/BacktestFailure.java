package io.foreshard.forecast.backtest;

/**
 * A forecast that a method did not give.
 *
 * @param method name of the method
 * @param series name of the series
 * @param originStep number of steps before the origin
 * @param message what was thrown, or what was wrong with the forecast
 */
public record BacktestFailure(String method, String series, int originStep, String message) {}
