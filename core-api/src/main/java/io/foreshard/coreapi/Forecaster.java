package io.foreshard.coreapi;

/**
 * Forecasts one series of samples taken at a fixed step, updated sample by sample.
 *
 * <p>An instance belongs to one series and is confined to one thread at a time. {@link #update} and {@link #forecast} never
 * throw on data: a missing sample is {@link Double#NaN} and counts as a skipped step, infinities are treated as missing.
 */
public interface Forecaster {

    /**
     * Takes the next sample of the series.
     *
     * @param sample the value of the newest step, in the unit of the series; {@link Double#NaN} when the step has no sample
     */
    void update(double sample);

    /**
     * Forecasts the steps after the newest sample.
     *
     * @param horizonSteps number of steps ahead, at least 1
     * @return a forecast of exactly that horizon, every value finite; before the first sample its {@link Forecast#skill()} is
     *     unknown and its values are 0
     * @throws IllegalArgumentException if {@code horizonSteps} is below 1 or beyond the forecaster's own limit, which is at least 4096
     */
    Forecast forecast(int horizonSteps);
}
