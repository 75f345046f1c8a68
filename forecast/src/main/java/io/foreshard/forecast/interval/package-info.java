/**
 * Quantiles around any point forecast, learnt online from its errors.
 *
 * <p>A {@link QuantileCalibrator} watches a {@link io.foreshard.forecast.model.StreamingModel}:
 * samples and the model's means flow in, quantiles for every horizon and their measured coverage flow out.
 * {@link io.foreshard.forecast.interval.SimulatedPaths} draws whole futures from both, and
 * {@link io.foreshard.forecast.interval.LatestForecast} hands the newest quantiles to readers on other threads. All but the last
 * belong to the one thread that feeds them.
 */
@NullMarked
package io.foreshard.forecast.interval;

import org.jspecify.annotations.NullMarked;
