/**
 * The means of the online forecaster: a few small experts of one series, mixed by their recent errors.
 *
 * <p>Samples flow in, one per step; means flow out. Small enough for a fleet of series, and a candidate of the automatic forecaster.
 */
@NullMarked
package io.foreshard.forecast.online;

import org.jspecify.annotations.NullMarked;
