package io.foreshard.forecast.series;

import java.util.function.DoubleSupplier;

/**
 * What stands for a sample at the capacity: demand was that much or more, how much more nobody saw.
 *
 * <p>Called on the thread that feeds, once per saturated sample; must not allocate if the feed shall not.
 */
@FunctionalInterface
public interface Censoring {

    /**
     * Returns what the forecaster is fed with.
     *
     * @param sample what was measured, at or near the capacity
     * @param capacity what can be measured at most
     * @return the value to feed, or {@link Double#NaN} to skip the step
     */
    double value(double sample, double capacity);

    /** Returns a policy that feeds the sample as it is, a lower bound: forecasts then stay at or below the capacity. */
    static Censoring asMeasured() {
        return (sample, capacity) -> sample;
    }

    /**
     * Returns a policy that skips the step. The forecast then goes on from the time before, blind to how long the link is full;
     * and as only quiet steps are learnt, it errs on the low side.
     */
    static Censoring skipped() {
        return (sample, capacity) -> Double.NaN;
    }

    /**
     * Returns a policy that feeds the greater of the sample and the demand expected for this step, the imputation step of a Tobit
     * filter. With the mean as expectation, a forecaster that was right sees no error; with a high quantile it would climb at
     * each saturated step. The bound ends what feeding a forecast to itself may start.
     *
     * @param expectedDemand the forecast of this step; not finite when unknown
     * @param maxOverCapacity the most that is fed, over the capacity, such as 1.5
     * @throws IllegalArgumentException if the bound is not finite or below 1
     */
    static Censoring expected(DoubleSupplier expectedDemand, double maxOverCapacity) {
        if (!(maxOverCapacity >= 1 && maxOverCapacity < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("maxOverCapacity: " + maxOverCapacity + " (expected: finite, >= 1)");
        }
        return (sample, capacity) -> {
            double expected = expectedDemand.getAsDouble();
            return expected > sample ? Math.max(sample, Math.min(expected, capacity * maxOverCapacity)) : sample;
        };
    }
}
