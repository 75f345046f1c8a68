package io.foreshard.forecast.model;

import java.io.DataOutput;
import java.io.IOException;

/**
 * Forecasts the means of one series and moves on with each sample, in a memory that does not grow.
 *
 * <p>Confined to one thread at a time. {@link #update}, {@link #skip} and {@link #next} allocate nothing and take time that does
 * not depend on how many samples came before. For finite samples of magnitude up to 1e100 every value returned is finite; a model
 * whose state would overflow beyond that starts anew from the sample. The same state and samples give the same bits.
 */
public interface StreamingModel {

    /** Returns what the model is and with which parameters, for people: {@code Holt-Winters(A,A,24) α=0.31 β=0.02 γ=0.1}. */
    String description();

    /**
     * Takes the sample of the next step.
     *
     * @param sample finite
     */
    void update(double sample);

    /** Moves one step ahead without a sample. */
    void skip();

    /** Returns the mean forecast of the next step, equal to the first value that {@link #forecast} writes. */
    double next();

    /**
     * Writes the mean forecasts of the next steps.
     *
     * @param mean receives them, the next step first; any length
     */
    void forecast(double[] mean);

    /**
     * Writes how the error grows with the horizon: the standard deviation of the error of each step over that of the next step,
     * under the model's own assumptions. The first value is 1, no value is below 1.
     *
     * @param factors receives them, the next step first; any length
     */
    void errorGrowth(double[] factors);

    /** Returns a model with the same parameters and state that moves on by its own. */
    StreamingModel copy();

    /**
     * Writes parameters and state, so that the static {@code load} of the same class gives a model that goes on bit for bit.
     *
     * @param out receives a version byte first, then the model's own fields
     * @throws IOException if the output fails
     */
    void save(DataOutput out) throws IOException;
}
