package io.foreshard.forecast.ets;

/** By which criterion a fit chooses among forms: minus twice the log-likelihood plus a price per parameter. */
public enum EtsCriterion {
    /** Akaike's, corrected for short series (Hurvich and Tsai 1989). */
    AICC,
    /** Akaike's. */
    AIC,
    /** Schwarz's; prefers small forms on long series. */
    BIC;

    /** The criterion of a form; infinite where the series is too short for its parameters. */
    double of(double minusTwiceLogLikelihood, int parameters, int samples) {
        if (samples - parameters - 1 <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        return minusTwiceLogLikelihood + price(parameters, samples);
    }

    private double price(int parameters, int samples) {
        return switch (this) {
            case AICC -> 2.0 * parameters * samples / (samples - parameters - 1);
            case AIC -> 2.0 * parameters;
            case BIC -> Math.log(samples) * parameters;
        };
    }
}
