package io.foreshard.forecast;

import io.foreshard.forecast.interval.LatestForecast;

/**
 * Hands the forecasts of an {@link OnlineForecaster} to readers on other threads, without garbage.
 *
 * <p>Confined to the thread that feeds the forecaster; {@link #latest} may be shared. One publication takes time in proportion to the
 * horizon times the number of levels, so a forecaster of many samples a second need not publish each of them.
 */
public final class ForecastPublisher {

    private final OnlineForecaster forecaster;
    private final LatestForecast latest;
    private final double[] mean;
    private final double[] growth;
    private final double[][] quantiles;

    ForecastPublisher(OnlineForecaster forecaster, int levelCount, int horizonSteps) {
        this.forecaster = forecaster;
        latest = new LatestForecast(levelCount, horizonSteps);
        mean = new double[horizonSteps];
        growth = new double[horizonSteps];
        quantiles = new double[levelCount][horizonSteps];
    }

    /**
     * Publishes the forecast from the newest sample.
     *
     * @param stamp what tells publications apart, such as the number or the time of the newest sample
     */
    public void publish(long stamp) {
        forecaster.write(mean, growth, quantiles);
        latest.publish(stamp, mean, quantiles, forecaster.skill());
    }

    /** Returns what readers on any thread read from. */
    public LatestForecast latest() {
        return latest;
    }
}
