/**
 * Forecasters that learn online.
 *
 * <p>Samples of one series flow in through {@link io.foreshard.coreapi.Forecaster#update}, one per step; a
 * {@link io.foreshard.coreapi.Forecast} with quantiles and measured skill flows out on request. A forecaster belongs to the
 * one thread that feeds it; it reads no clock, draws no random numbers and starts no thread, so two forecasters with the same
 * settings and samples give the same bits. Engines meet it through {@link io.foreshard.coreapi.Provider}.
 */
@NullMarked
package io.foreshard.forecast;

import org.jspecify.annotations.NullMarked;
