package io.foreshard.forecast.ets;

/**
 * The free parameters of a form as coordinates without bounds: each gain is its lower bound plus a squared sine of the room above
 * it, so that a gain at its bound is an ordinary stationary point; states are taken as they are.
 *
 * <p>With a season the level is held, as level and season are defined only up to what one hands to the other.
 */
final class EtsCoordinates {

    static final double MIN_GAIN = 1e-4;
    static final double MAX_GAIN = 0.9999;
    static final double MIN_PHI = 0.8;
    static final double MAX_PHI = 0.98;

    final int size;
    private final boolean hasTrend;
    private final boolean hasSeason;
    private final boolean damped;
    private final int period;
    private final int gains;

    EtsCoordinates(EtsForm form, int period) {
        hasTrend = form.hasTrend();
        hasSeason = form.hasSeason();
        damped = form.isDamped();
        this.period = period;
        gains = 1 + (hasTrend ? 1 : 0) + (hasSeason ? 1 : 0) + (damped ? 1 : 0);
        size = gains + (hasTrend ? 1 : 0) + (hasSeason ? period : 1);
    }

    /** How many coordinates stand for gains; they come first. */
    int gains() {
        return gains;
    }

    /** The number of parameters the criteria count: gains, states without the redundant one, and the variance. */
    int parameters() {
        return size + 1;
    }

    /** Sets gains and states of a run. */
    void decode(double[] x, EtsRecursion run) {
        int index = 0;
        run.alpha = MIN_GAIN + (MAX_GAIN - MIN_GAIN) * share(x[index++]);
        run.beta = hasTrend ? MIN_GAIN + (run.alpha - MIN_GAIN) * share(x[index++]) : 0;
        run.gamma = hasSeason ? MIN_GAIN + seasonRoom(run.alpha) * share(x[index++]) : 0;
        run.phi = damped ? MIN_PHI + (MAX_PHI - MIN_PHI) * share(x[index++]) : 1;
        if (!hasSeason) {
            run.level = x[index++];
        }
        run.trend = hasTrend ? x[index++] : 0;
        if (hasSeason) {
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
        if (!hasSeason) {
            x[index++] = run.level;
        }
        if (hasTrend) {
            x[index++] = run.trend;
        }
        if (hasSeason) {
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
        int index = 0;
        double alphaBack = run.alphaBack;
        int beta = hasTrend ? 1 : 0;
        int gamma = beta + 1;
        if (hasTrend) {
            alphaBack += run.betaBack * share(x[beta]);
            gradient[beta] = run.betaBack * (run.alpha - MIN_GAIN) * slope(x[beta]);
        }
        if (hasSeason) {
            alphaBack -= run.gammaBack * share(x[gamma]);
            gradient[gamma] = run.gammaBack * seasonRoom(run.alpha) * slope(x[gamma]);
        }
        gradient[index] = alphaBack * (MAX_GAIN - MIN_GAIN) * slope(x[index]);
        if (damped) {
            gradient[gains - 1] = run.phiBack * (MAX_PHI - MIN_PHI) * slope(x[gains - 1]);
        }
        index = gains;
        if (!hasSeason) {
            gradient[index++] = run.levelBack;
        }
        if (hasTrend) {
            gradient[index++] = run.trendBack;
        }
        if (hasSeason) {
            System.arraycopy(run.seasonBack, 0, gradient, index, period);
        }
    }

    private static double slope(double angle) {
        return Math.sin(2 * angle);
    }

    /** Writes one row of the derivatives by coordinate from the derivatives by gains and states. */
    void row(double[] x, EtsRecursion run, double[] rows, int row, double[] target) {
        double alpha = rows[row + EtsRecursion.ALPHA];
        int beta = hasTrend ? 1 : 0;
        int gamma = beta + 1;
        if (hasTrend) {
            alpha += rows[row + EtsRecursion.BETA] * share(x[beta]);
            target[beta] = rows[row + EtsRecursion.BETA] * (run.alpha - MIN_GAIN) * slope(x[beta]);
        }
        if (hasSeason) {
            alpha -= rows[row + EtsRecursion.GAMMA] * share(x[gamma]);
            target[gamma] = rows[row + EtsRecursion.GAMMA] * seasonRoom(run.alpha) * slope(x[gamma]);
        }
        target[0] = alpha * (MAX_GAIN - MIN_GAIN) * slope(x[0]);
        if (damped) {
            target[gains - 1] = rows[row + EtsRecursion.PHI] * (MAX_PHI - MIN_PHI) * slope(x[gains - 1]);
        }
        int index = gains;
        if (!hasSeason) {
            target[index++] = rows[row + EtsRecursion.LEVEL];
        }
        if (hasTrend) {
            target[index++] = rows[row + EtsRecursion.TREND];
        }
        if (hasSeason) {
            System.arraycopy(rows, row + EtsRecursion.FIRST_SEASON, target, index, period);
        }
    }
}
