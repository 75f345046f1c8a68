package io.foreshard.examples.forecast;

/**
 * A model that the automatic choice tried.
 *
 * @param name short
 * @param description form and parameters
 * @param nextStepError geometric mean of its absolute errors one step ahead, in the unit of the series
 * @param error the same at the horizon
 * @param nextStepWeight its share of the forecast one step ahead, 0…1
 * @param weight its share at the horizon, 0…1
 */
record Candidate(
        String name, String description, double nextStepError, double error, double nextStepWeight, double weight) {}
