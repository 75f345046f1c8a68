package io.foreshard.forecast.backtest;

/**
 * The numbers of a back-test, checked.
 *
 * @param horizonSteps steps of each forecast
 * @param origins number of origins per series, 0 for all that fit
 * @param spacingSteps steps from one origin to the next
 * @param minTrainingSteps least steps before the first origin
 * @param seasonSteps season of the reference and of the scale
 * @param intervalLevel nominal coverage of the interval that is scored
 * @param mode what is learnt between two origins
 */
record BacktestSettings(
        int horizonSteps,
        int origins,
        int spacingSteps,
        int minTrainingSteps,
        int seasonSteps,
        double intervalLevel,
        BacktestMode mode) {

    /** Of forecast values kept in memory, about a gigabyte. */
    private static final double MAX_VALUES = 1.2e8;

    void requireMemory(long forecasts, int levels) {
        double values = (double) forecasts * horizonSteps * (levels + 2);
        if (values > MAX_VALUES) {
            throw new IllegalArgumentException("origins: " + forecasts + " forecasts of " + horizonSteps
                    + " steps in all (expected: about " + (long) (MAX_VALUES / horizonSteps / (levels + 2))
                    + " at most; fewer origins, or a larger spacingSteps)");
        }
    }
}
