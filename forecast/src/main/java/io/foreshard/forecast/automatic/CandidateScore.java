package io.foreshard.forecast.automatic;

/**
 * How one candidate did in the back-test, and what it counts for now.
 *
 * @param name short and unique within the fit
 * @param description its form and parameters after the fit to all data
 * @param nextStepError geometric mean of its absolute errors one step ahead, in the unit of the series
 * @param error the same at the farthest horizon that was scored
 * @param nextStepWeight its share of the combination one step ahead, 0…1
 * @param weight its share at the farthest horizon that was scored, 0…1
 */
public record CandidateScore(
        String name, String description, double nextStepError, double error, double nextStepWeight, double weight) {}
