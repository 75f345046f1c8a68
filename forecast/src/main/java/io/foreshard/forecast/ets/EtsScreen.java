package io.foreshard.forecast.ets;

import java.util.Arrays;

/**
 * Runs a grid of gains over the data side by side, from states of the classical decomposition, to see where a descent should start:
 * the likelihood of smoothing has several minima, and the first steps of one descent cost more than all these runs.
 *
 * <p>The first two seasons do not count, as there the initial states are still guesses. All trends of one kind of season run
 * together, and both kinds of error are judged from the same runs.
 */
final class EtsScreen {

    private static final double[] ALPHAS = {0.02, 0.1, 0.3, 0.6, 0.9};
    private static final double[] BETA_SHARES = {0.01, 0.2, 0.8};
    private static final double[] GAMMA_SHARES = {0.02, 0.2, 0.5, 0.9};
    private static final double[] PHIS = {0.97, 0.9, 0.85};

    /** What a screen costs, in runs of one set of gains over the data. */
    static final int RUNS = 32;

    /** Gains this many steps on the grid apart are not neighbours. */
    private static final int FAR = 2;

    /** How many means are multiplied before a logarithm is taken. */
    private static final int CHUNK = 24;

    private final EtsSample sample;
    private final EtsStart.States flat;
    private final EtsStart.States sloped;
    private final boolean factors;
    private final int period;
    private final int burn;
    private final int lanes;
    private final int firstTrend;
    private final int firstDamped;
    private final double[] alpha;
    private final double[] beta;
    private final double[] gamma;
    private final double[] phi;
    private final double[] level;
    private final double[] trend;
    private final double[][] season;
    private final double[] mean;
    private final double[] error;
    private final double[] seasonError;
    private final double[] squares;
    private final double[] relativeSquares;
    private final double[] product;
    private final double[] logs;
    private int judged;

    EtsScreen(EtsSample sample, EtsForm.SeasonType type, int period, EtsStart start) {
        this.sample = sample;
        this.period = type == EtsForm.SeasonType.NONE ? 1 : period;
        factors = type == EtsForm.SeasonType.MULTIPLICATIVE;
        burn = Math.min(2 * period, sample.values.length / 4);
        int perTrend = ALPHAS.length * (type == EtsForm.SeasonType.NONE ? 1 : GAMMA_SHARES.length);
        firstTrend = perTrend;
        firstDamped = firstTrend + BETA_SHARES.length * perTrend;
        lanes = firstDamped + BETA_SHARES.length * perTrend;
        alpha = new double[lanes];
        beta = new double[lanes];
        gamma = new double[lanes];
        phi = new double[lanes];
        level = new double[lanes];
        trend = new double[lanes];
        squares = new double[lanes];
        relativeSquares = new double[lanes];
        product = new double[lanes];
        logs = new double[lanes];
        season = new double[this.period][lanes];
        mean = new double[lanes];
        error = new double[lanes];
        seasonError = new double[lanes];
        setGains(type != EtsForm.SeasonType.NONE);
        flat = start.states(type, false);
        sloped = start.states(type, true);
        setStates();
        run();
    }

    private void setGains(boolean seasonal) {
        double[] shares = seasonal ? GAMMA_SHARES : new double[1];
        int lane = 0;
        for (int block = 0; block < 1 + 2 * BETA_SHARES.length; block++) {
            for (double gain : ALPHAS) {
                for (double share : shares) {
                    int choice = (block - 1) % BETA_SHARES.length;
                    alpha[lane] = gain;
                    beta[lane] = block == 0 ? 0 : gain * BETA_SHARES[choice];
                    gamma[lane] = share * (1 - gain);
                    phi[lane] = block <= BETA_SHARES.length ? 1 : PHIS[choice];
                    lane++;
                }
            }
        }
    }

    private void setStates() {
        Arrays.fill(level, 0, firstTrend, flat.level);
        Arrays.fill(level, firstTrend, lanes, sloped.level);
        Arrays.fill(trend, firstTrend, lanes, sloped.trend);
        for (int j = 0; j < period; j++) {
            Arrays.fill(season[j], flat.season[j]);
        }
    }

    private void run() {
        Arrays.fill(product, 1);
        for (int t = 0; t < sample.values.length; t++) {
            Lanes.multiply(trend, phi);
            Lanes.add(level, trend);
            if (!Double.isNaN(sample.values[t])) {
                judged += t >= burn ? 1 : 0;
                take(sample.values[t], season[t % period], t >= burn);
            }
            if (sample.positive && (t % CHUNK == CHUNK - 1 || t == burn - 1 || t == sample.values.length - 1)) {
                takeLogs(t >= burn);
            }
        }
    }

    private void take(double value, double[] seasonal, boolean judge) {
        if (factors) {
            System.arraycopy(level, 0, mean, 0, lanes);
            Lanes.multiply(mean, seasonal);
        } else {
            Lanes.sum(mean, level, seasonal);
        }
        Lanes.rest(error, value, mean);
        if (judge) {
            Lanes.addProduct(squares, error, error);
        }
        if (sample.positive) {
            Lanes.multiplyPositive(product, mean);
            if (judge) {
                Lanes.addSquaredQuotient(relativeSquares, error, mean);
            }
        }
        if (factors) {
            Lanes.restOfQuotient(error, value, seasonal, level);
            Lanes.restOfQuotient(seasonError, value, level, seasonal);
            Lanes.addProduct(seasonal, gamma, seasonError);
        } else {
            Lanes.addProduct(seasonal, gamma, error);
        }
        Lanes.addProduct(level, alpha, error);
        Lanes.addProduct(trend, beta, error);
    }

    /** A mean that is not positive rules its lane out, also in the samples that are not judged. */
    private void takeLogs(boolean judging) {
        for (int k = 0; k < lanes; k++) {
            double log = product[k] > 0 ? Math.log(product[k]) : Double.POSITIVE_INFINITY;
            logs[k] += judging || log > Double.MAX_VALUE ? log : 0;
            product[k] = 1;
        }
    }

    /** Minus twice the log-likelihood of the judged samples by the best gains of a form, brought to the length of the series. */
    double value(EtsForm form) {
        return judged == 0 ? 0 : value(form, best(form)) * sample.count / judged;
    }

    /** The initial states of the runs of a form. */
    EtsStart.States states(EtsForm form) {
        return form.hasTrend() ? sloped : flat;
    }

    /** The best gains for a form. */
    EtsGains gains(EtsForm form) {
        return gains(best(form));
    }

    /** The best gains for a form among those that are not neighbours of the best. */
    EtsGains otherGains(EtsForm form) {
        int best = best(form);
        int other = best;
        for (int lane = from(form); lane < to(form); lane++) {
            if (distance(lane, best) >= FAR && (other == best || value(form, lane) < value(form, other))) {
                other = lane;
            }
        }
        return gains(other);
    }

    private EtsGains gains(int lane) {
        return new EtsGains(alpha[lane], beta[lane], gamma[lane], phi[lane]);
    }

    private int best(EtsForm form) {
        int best = from(form);
        for (int lane = best + 1; lane < to(form); lane++) {
            if (value(form, lane) < value(form, best)) {
                best = lane;
            }
        }
        return best;
    }

    private int from(EtsForm form) {
        return form.isDamped() ? firstDamped : form.hasTrend() ? firstTrend : 0;
    }

    private int to(EtsForm form) {
        return form.isDamped() ? lanes : form.hasTrend() ? firstDamped : firstTrend;
    }

    /** Steps on the grid from one lane to another. */
    private int distance(int lane, int other) {
        int block = firstTrend;
        int row = block / ALPHAS.length;
        return Math.abs(lane / block - other / block)
                + Math.abs(lane % block / row - other % block / row)
                + Math.abs(lane % row - other % row);
    }

    private double value(EtsForm form, int lane) {
        double value = form.needsPositiveData()
                ? judged * Math.log(relativeSquares[lane]) + 2 * logs[lane]
                : judged * Math.log(squares[lane]);
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
