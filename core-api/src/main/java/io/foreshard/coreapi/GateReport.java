package io.foreshard.coreapi;

/**
 * The state of a gate between forecasts and decisions, and the numbers that it rests on.
 *
 * @param reason the state and why
 * @param sinceNanos when it began, on the engine's clock
 * @param scaledError mean absolute error of the forecasts in units of the naive forecast's, over the steps ahead that decisions
 *     look at; {@link Double#NaN} when not known
 * @param regret by how much the mean logarithm of the cost of predictive decisions exceeds that of the control group; below 0 means that
 *     prediction pays; {@link Double#NaN} when not known
 * @param regretError standard error of the regret; {@link Double#NaN} when not known
 * @param pairs how many pairs of predictive and reactive times were compared
 */
public record GateReport(
        GateReason reason, long sinceNanos, double scaledError, double regret, double regretError, long pairs) {

    /** The report before anything is known. */
    public static final GateReport UNKNOWN =
            new GateReport(GateReason.LEARNING, 0, Double.NaN, Double.NaN, Double.NaN, 0);
}
