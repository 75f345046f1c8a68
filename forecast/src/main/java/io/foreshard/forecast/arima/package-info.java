/**
 * ARIMA(p,d,q) with a mean or drift: exact maximum likelihood with automatic orders, and a Kalman filter that goes on sample by
 * sample.
 *
 * <p>A stretch of a series flows into {@link io.foreshard.forecast.arima.ArimaFitter}; an
 * {@link io.foreshard.forecast.arima.ArimaFit} flows out, whose models belong to the thread that feeds them. Missing samples are
 * treated exactly, in the fit and afterwards. Seasons are not modelled here: give the fitter a series without them.
 */
@NullMarked
package io.foreshard.forecast.arima;

import org.jspecify.annotations.NullMarked;
