/**
 * From forecasts to decisions: how much to provide, when a threshold is reached, how likely it is, and whether to act on it.
 *
 * <p>A {@link io.foreshard.coreapi.Forecast} or simulated paths flow in, a number flows out. Between the levels of a forecast quantiles are
 * interpolated; beyond the outermost two an exponential tail goes on as those two fall off (so a forecast whose quantiles are all the same
 * claims to be certain, and is taken at its word). Traffic may have heavier tails: let a forecast have levels as far out as the decisions
 * that are made of it. All but {@link io.foreshard.forecast.decision.Hysteresis} are pure functions, safe for any thread.
 */
@NullMarked
package io.foreshard.forecast.decision;

import org.jspecify.annotations.NullMarked;
