/**
 * How good forecasts were: scores of points, quantiles, intervals and distributions.
 *
 * <p>Arrays of what happened and what was forecast flow in, a number flows out; lower is better unless said otherwise. All functions
 * are pure and safe for any thread. The rules are the same everywhere: an actual value that is NaN or infinite was not observed and is
 * skipped; a forecast that is not finite counts as infinitely wrong; with nothing to score the result is {@link Double#NaN}. Sums are
 * exact enough for magnitudes up to 1e300.
 */
@NullMarked
package io.foreshard.forecast.score;

import org.jspecify.annotations.NullMarked;
