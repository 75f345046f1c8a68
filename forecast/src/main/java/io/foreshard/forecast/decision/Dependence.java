package io.foreshard.forecast.decision;

/**
 * What is assumed of steps that a forecast describes one by one, when several are asked for together. Demand of one step says much about
 * that of the next, so the truth lies between the first two; simulated paths ({@link Paths}) tell where.
 */
public enum Dependence {
    /** All steps are high together: the least that a window can need. */
    TOGETHER,
    /** Steps know nothing of each other. */
    INDEPENDENT,
    /** The worst that single steps leave open (Boole's inequality): the most that a window can need. */
    WORST_CASE;

    /** Probability that no step exceeds the threshold. */
    double staysBelow(QuantileCurve[] steps, double threshold) {
        double least = 1;
        double product = 1;
        double sum = 0;
        for (QuantileCurve step : steps) {
            double exceed = step.exceedProbability(threshold);
            least = Math.min(least, 1 - exceed);
            product *= 1 - exceed;
            sum += exceed;
        }
        return switch (this) {
            case TOGETHER -> least;
            case INDEPENDENT -> product;
            case WORST_CASE -> Math.max(0, 1 - sum);
        };
    }
}
