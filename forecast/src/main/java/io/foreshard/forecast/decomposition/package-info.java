/**
 * Takes series apart into trend, seasons and remainder, finds the seasons, and forecasts the parts.
 *
 * <p>A whole series flows in ({@link io.foreshard.forecast.decomposition.Stl}, {@link io.foreshard.forecast.decomposition.Mstl}), its
 * parts flow out. {@link io.foreshard.forecast.decomposition.DecompositionFitter} fits any model on what is left without the seasons, and
 * {@link io.foreshard.forecast.decomposition.SeasonallyAdjustedModel} carries both on, sample by sample. Missing samples are NaN.
 */
@NullMarked
package io.foreshard.forecast.decomposition;

import org.jspecify.annotations.NullMarked;
