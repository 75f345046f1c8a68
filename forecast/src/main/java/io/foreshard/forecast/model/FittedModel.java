package io.foreshard.forecast.model;

/** What a batch fit found on a stretch of a series. Immutable, safe for any thread. */
public interface FittedModel {

    /** Returns the chosen form and its parameters, for people. */
    String description();

    /**
     * Returns the one-step-ahead errors (sample minus forecast) on the data of the fit.
     *
     * @return a new array as long as the data; {@link Double#NaN} where the form has no forecast yet
     */
    double[] residuals();

    /** Returns a new model that stands at the end of the data of the fit and goes on from there. */
    StreamingModel model();
}
