package io.foreshard.forecast.ets;

/**
 * The free parameters of a form as coordinates without bounds: each gain is its lower bound plus a squared sine of the room above
 * it, so that a gain at its bound is an ordinary stationary point; states are taken as they are.
 *
 * <p>With a season to estimate the level is held, as level and season are defined only up to what one hands to the other.
 */
final class EtsCoordinates {

    static final double MIN_GAIN = 1e-4;
    static final double MAX_GAIN = 0.9999;
    static final double MIN_PHI = 0.8;
    static final double MAX_PHI = 0.98;

    /** Longer seasons stay at the states of the decomposition, as their estimation would take time with the square of the period. */
    static final int MAX_ESTIMATED_PERIOD = 192;

    final int size;
    private final boolean hasTrend;
    private final boolean hasSeason;
    private final boolean estimatesSeason;
    private final boolean damped;
    private final int period;
    private final int gains;

    EtsCoordinates(EtsForm form, int period) {
        hasTrend = form.hasTrend();
        hasSeason = form.hasSeason();
        damped = form.isDamped();
        estimatesSeason = hasSeason && period <= MAX_ESTIMATED_PERIOD;
        this.period = period;
        gains = 1 + (hasTrend ? 1 : 0) + (hasSeason ? 1 : 0) + (damped ? 1 : 0);
        size = gains + (hasTrend ? 1 : 0) + (estimatesSeason ? period : 1);
    }

    /** How many coordinates stand for gains; they come first. */
    int gains() {
        return gains;
    }

    /** The number of parameters the criteria count: gains, states without the redundant one, and the variance. */
    int parameters() {
        return gains + (hasTrend ? 1 : 0) + (hasSeason ? period : 1) + 1;
    }

    /** Sets gains and states of a run. */
    void decode(double[] x, EtsRecursion run) {
        int index = 0;
        run.alpha = MIN_GAIN + (MAX_GAIN - MIN_GAIN) * share(x[index++]);
        run.beta = hasTrend ? MIN_GAIN + (run.alpha - MIN_GAIN) * share(x[index++]) : 0;
        run.gamma = hasSeason ? MIN_GAIN + seasonRoom(run.alpha) * share(x[index++]) : 0;
        run.phi = damped ? MIN_PHI + (MAX_PHI - MIN_PHI) * share(x[index++]) : 1;
        if (!estimatesSeason) {
            run.level = x[index++];
        }
        run.trend = hasTrend ? x[index++] : 0;
        if (estimatesSeason) {
            System.arraycopy(x, index, run.season, 0, period);
        }
    }

    /** The inverse of {@link #decode}; gains at a bound are moved a little inside, as a bound is a stationary point. */
    double[] encode(EtsRecursion run) {
        double[] x = new double[size];
        int index = 0;
        x[index++] = angle((run.alpha - MIN_GAIN) / (MAX_GAIN - MIN_GAIN));
        if (hasTrend) {
            x[index++] = angle((run.beta - MIN_GAIN) / (run.alpha - MIN_GAIN));
        }
        if (hasSeason) {
            x[index++] = angle((run.gamma - MIN_GAIN) / seasonRoom(run.alpha));
        }
        if (damped) {
            x[index++] = angle((run.phi - MIN_PHI) / (MAX_PHI - MIN_PHI));
        }
        if (!estimatesSeason) {
            x[index++] = run.level;
        }
        if (hasTrend) {
            x[index++] = run.trend;
        }
        if (estimatesSeason) {
            System.arraycopy(run.season, 0, x, index, period);
        }
        return x;
    }

    private static double share(double angle) {
        double sine = Math.sin(angle);
        return sine * sine;
    }

    private static double angle(double share) {
        return Math.asin(Math.sqrt(Math.max(1e-3, Math.min(1 - 1e-3, share))));
    }

    private static double seasonRoom(double alpha) {
        return Math.max(0, Math.min(1 - alpha, MAX_GAIN) - MIN_GAIN);
    }

    /** Writes the gradient of the coordinates from the derivatives of a run backwards. */
    void gradient(double[] x, EtsRecursion run, double[] gradient) {
        double[] backs = {run.alphaBack, run.betaBack, run.gammaBack, run.phiBack};
        double[][] chain = chain(x, run);
        for (int i = 0; i < gains; i++) {
            gradient[i] = dot(chain[i], backs);
        }
        int index = gains;
        if (!estimatesSeason) {
            gradient[index++] = run.levelBack;
        }
        if (hasTrend) {
            gradient[index++] = run.trendBack;
        }
        if (estimatesSeason) {
            System.arraycopy(run.seasonBack, 0, gradient, index, period);
        }
    }

    private static double slope(double angle) {
        return Math.sin(2 * angle);
    }

    /** Writes the second derivatives by coordinate from the lower triangle of those by gains and states. */
    void curvature(double[] x, EtsRecursion run, double[][] gram, double[][] matrix) {
        double[][] chain = chain(x, run);
        int[] states = states();
        double[] product = new double[gram.length];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < gram.length; k++) {
                product[k] = i < gains ? mixed(gram, chain[i], k) : symmetric(gram, states[i - gains], k);
            }
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = j < gains ? dot(chain[j], product) : product[states[j - gains]];
            }
        }
    }

    private static double symmetric(double[][] gram, int i, int k) {
        return i >= k ? gram[i][k] : gram[k][i];
    }

    private static double mixed(double[][] gram, double[] weights, int k) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * symmetric(gram, i, k);
        }
        return sum;
    }

    private static double dot(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    /** The derivatives of alpha, beta, gamma and phi by each coordinate of a gain. */
    private double[][] chain(double[] x, EtsRecursion run) {
        double[][] chain = new double[gains][4];
        int gamma = hasTrend ? 2 : 1;
        double alpha = (MAX_GAIN - MIN_GAIN) * slope(x[0]);
        chain[0][EtsRecursion.ALPHA] = alpha;
        if (hasTrend) {
            chain[0][EtsRecursion.BETA] = alpha * share(x[1]);
            chain[1][EtsRecursion.BETA] = (run.alpha - MIN_GAIN) * slope(x[1]);
        }
        if (hasSeason) {
            chain[0][EtsRecursion.GAMMA] = -alpha * share(x[gamma]);
            chain[gamma][EtsRecursion.GAMMA] = seasonRoom(run.alpha) * slope(x[gamma]);
        }
        if (damped) {
            chain[gains - 1][EtsRecursion.PHI] = (MAX_PHI - MIN_PHI) * slope(x[gains - 1]);
        }
        return chain;
    }

    /** The columns of the derivatives of the states in the order of the coordinates. */
    private int[] states() {
        int[] states = new int[size - gains];
        int index = 0;
        if (!estimatesSeason) {
            states[index++] = EtsRecursion.LEVEL;
        }
        if (hasTrend) {
            states[index++] = EtsRecursion.TREND;
        }
        for (int j = 0; index < states.length; j++) {
            states[index++] = EtsRecursion.FIRST_SEASON + j;
        }
        return states;
    }
}
