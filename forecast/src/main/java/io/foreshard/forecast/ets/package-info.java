/**
 * Exponential smoothing in innovations state-space form (Hyndman, Koehler, Ord and Snyder 2008): the streaming model and the batch
 * fit that chooses its form.
 *
 * <p>A stretch of a series flows into {@link io.foreshard.forecast.ets.EtsFitter}; out comes an {@link
 * io.foreshard.forecast.ets.EtsFit} with form, parameters and initial states, and from it an {@link
 * io.foreshard.forecast.ets.EtsModel} that moves on with each further sample. Fitters and fits are immutable; a model belongs to the
 * one thread that feeds it.
 */
@NullMarked
package io.foreshard.forecast.ets;

import org.jspecify.annotations.NullMarked;
