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

    private double[][] rows = new double[0][];

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
     * Returns the derivatives of each one-step mean of the last run with respect to its gains and states.
     *
     * @return rows of {@code columns()} values, one per step and three unused: alpha, beta, gamma, phi, level, trend, season; valid
     *     until the next call
     */
    final double[][] sensitivities() {
        if (rows.length == 0) {
            rows = new double[steps + 3][columns()];
        }
        sensitivities(rows);
        return rows;
    }

    abstract void sensitivities(double[][] target);

    /** The number of derivatives per step. */
    final int columns() {
        return FIRST_SEASON + seasonColumns();
    }

    private int seasonColumns() {
        return hasSeason() && period <= EtsCoordinates.MAX_ESTIMATED_PERIOD ? period : 0;
    }

    /** The derivatives of the seasonal states before the first step, a row of columns for each. */
    final double[] firstSeasonRows() {
        double[] rows = new double[columns() * period];
        for (int j = 0; j < seasonColumns(); j++) {
            rows[j * columns() + FIRST_SEASON + j] = 1;
        }
        return rows;
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
