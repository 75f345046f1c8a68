package io.foreshard.forecast.ets;

import java.util.Arrays;

/**
 * The recursions of one kind of season over the data, forwards for the one-step means and backwards for the derivatives of any
 * function of these means (the adjoint of the recursions). Reused from run to run; NaN data are missing samples.
 */
abstract class EtsRecursion {

    final double[] data;
    final int steps;
    final int period;

    /** One-step means of the last run forwards. */
    final double[] means;

    /** Trend before each step. */
    final double[] slopes;

    /** Seasonal state that each step meets; the first period is set before the run. */
    final double[] season;

    /** Derivatives with respect to {@link #season} after a run backwards; scratch before. */
    final double[] seasonBack;

    double alpha;
    double beta;
    double gamma;
    double phi;
    double level;
    double trend;

    double alphaBack;
    double betaBack;
    double gammaBack;
    double phiBack;
    double levelBack;
    double trendBack;

    EtsRecursion(double[] data, int period) {
        this.data = data;
        this.period = period;
        steps = data.length;
        means = new double[steps];
        slopes = new double[steps];
        season = new double[steps + period];
        seasonBack = new double[steps + period];
    }

    static EtsRecursion of(EtsForm.SeasonType type, double[] data, int period) {
        return switch (type) {
            case NONE -> new SeasonlessRecursion(data);
            case ADDITIVE -> new AdditiveRecursion(data, period);
            case MULTIPLICATIVE -> new MultiplicativeRecursion(data, period);
        };
    }

    /** Runs over the data from the states and gains in the fields. */
    abstract void forwards();

    /**
     * Runs back over the last run forwards.
     *
     * @param slopes derivative of a function with respect to each one-step mean, 0 where the sample is missing
     */
    abstract void backwards(double[] slopes);

    /**
     * Writes the derivatives of each one-step mean with respect to the gains, level, trend and seasonal states of the last run.
     *
     * @param rows receives {@code steps} rows of {@code columns()} values: alpha, beta, gamma, phi, level, trend, season
     */
    abstract void sensitivities(double[] rows);

    /** The number of derivatives per step. */
    final int columns() {
        return FIRST_SEASON + (hasSeason() ? period : 0);
    }

    abstract boolean hasSeason();

    static final int ALPHA = 0;
    static final int BETA = 1;
    static final int GAMMA = 2;
    static final int PHI = 3;
    static final int LEVEL = 4;
    static final int TREND = 5;
    static final int FIRST_SEASON = 6;

    final void clearBack() {
        alphaBack = 0;
        betaBack = 0;
        gammaBack = 0;
        phiBack = 0;
        Arrays.fill(seasonBack, steps, steps + period, 0);
    }
}
