/**
 * The Theta method: exponential smoothing of a line that bends more than the series, plus its trend.
 *
 * <p>A whole series flows into {@link io.foreshard.forecast.theta.ThetaFitter}, which takes off the season where there is one and finds the
 * parameters; a {@link io.foreshard.forecast.theta.ThetaModel} flows out and goes on sample by sample.
 */
@NullMarked
package io.foreshard.forecast.theta;

import org.jspecify.annotations.NullMarked;
