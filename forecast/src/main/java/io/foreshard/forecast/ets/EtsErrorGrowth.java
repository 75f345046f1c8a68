package io.foreshard.forecast.ets;

import java.util.Arrays;

/**
 * How the error of exponential smoothing grows with the horizon.
 *
 * <p>With {@code c(j) = α + β(φ + … + φ^j) + γ[j mod m = 0]} the variance of step h over that of the noise is {@code θ(h)g(h) + Σ
 * c(j)²θ(h-j)}. Additive errors have θ = g = 1 (Hyndman et al. 2008, table 6.2). Multiplicative errors have {@code θ(h) = μ(h)² + σ² Σ
 * c(j)²θ(h-j)} (section 6.3). With a multiplicative season μ is the mean without season, c has no γ, {@code g} grows by {@code 1 +
 * γ²σ²} with each season, and all is multiplied by the squared seasonal factor (section 6.4, approximate).
 */
final class EtsErrorGrowth {

    private static final double MAX_FACTOR = 1e150;

    private final EtsModel model;
    private final EtsGains gains;
    private final double noise;
    private final boolean relative;
    private final boolean scaledSeason;

    /** Covariance of level and trend that the noise so far has caused, over the variance of the noise. */
    private double levelVariance;

    private double covariance;
    private double trendVariance;

    EtsErrorGrowth(EtsModel model) {
        this.model = model;
        gains = model.gains();
        noise = model.sigma() * model.sigma();
        relative = model.form().needsPositiveData();
        scaledSeason = model.form().season() == EtsForm.SeasonType.MULTIPLICATIVE;
    }

    void write(double[] factors) {
        if (!(relative && writeRelative(factors))) {
            write(factors, new double[0], new double[0]);
        }
    }

    /** Returns false where the means leave no answer, as when the next step's is 0. */
    private boolean writeRelative(double[] factors) {
        double[] seasonal = new double[factors.length];
        double[] means = scaledSeason ? seasonless(factors.length, seasonal) : means(factors.length, seasonal);
        return write(factors, means, seasonal);
    }

    private double[] means(int steps, double[] seasonal) {
        Arrays.fill(seasonal, 1);
        double[] means = new double[steps];
        model.forecast(means);
        return scaled(means);
    }

    private double[] seasonless(int steps, double[] seasonal) {
        double[] season = model.season();
        double[] means = new double[steps];
        double slope = model.trend();
        double ahead = model.level();
        for (int step = 0; step < steps; step++) {
            slope *= gains.phi();
            ahead += slope;
            means[step] = ahead;
            seasonal[step] = season[step % season.length];
        }
        return scaled(means);
    }

    /** Only ratios matter; this keeps the squares finite. */
    private static double[] scaled(double[] means) {
        double largest = 0;
        for (double mean : means) {
            largest = Math.max(largest, Math.abs(mean));
        }
        for (int step = 0; step < means.length && largest > 0; step++) {
            means[step] /= largest;
        }
        return means;
    }

    private boolean write(double[] factors, double[] means, double[] seasonal) {
        levelVariance = 0;
        covariance = 0;
        trendVariance = 0;
        boolean plain = means.length == 0;
        double[] theta = new double[factors.length];
        double first = 0;
        for (int step = 0; step < factors.length; step++) {
            double past = smooth() + (scaledSeason && !plain ? 0 : seasonalPart(theta, step));
            theta[step] = plain ? 1 : means[step] * means[step] + noise * past;
            double variance = plain ? 1 + past : (theta[step] * fresh(step) + past) * seasonal[step] * seasonal[step];
            if (step == 0) {
                first = variance;
            }
            factors[step] = limited(variance / first);
            disturb(theta[step]);
        }
        return first > 0;
    }

    private static double limited(double ratio) {
        double factor = Math.sqrt(ratio);
        return factor >= 1 ? Math.min(factor, MAX_FACTOR) : 1;
    }

    /** The part of the noise of the step itself: grows where seasonal factors have been disturbed season by season. */
    private double fresh(int step) {
        int seasons = scaledSeason ? step / model.period() : 0;
        double gammaSquared = gains.gamma() * gains.gamma();
        if (noise == 0) {
            return 1 + seasons * gammaSquared;
        }
        return Math.expm1(Math.log1p(noise) + seasons * Math.log1p(gammaSquared * noise)) / noise;
    }

    /** The variance that level and trend bring to the next step. */
    private double smooth() {
        double phi = gains.phi();
        return levelVariance + 2 * phi * covariance + phi * phi * trendVariance;
    }

    private void disturb(double theta) {
        double phi = gains.phi();
        double level = smooth() + gains.alpha() * gains.alpha() * theta;
        double both = phi * covariance + phi * phi * trendVariance + gains.alpha() * gains.beta() * theta;
        trendVariance = phi * phi * trendVariance + gains.beta() * gains.beta() * theta;
        levelVariance = level;
        covariance = both;
    }

    /** What the season adds to the sum: (c + γ)² - c² = γ(2c + γ) at whole seasons back. */
    private double seasonalPart(double[] theta, int step) {
        if (gains.gamma() == 0) {
            return 0;
        }
        double sum = 0;
        for (int back = model.period(); back <= step; back += model.period()) {
            sum += gains.gamma() * (2 * weight(back) + gains.gamma()) * theta[step - back];
        }
        return sum;
    }

    private double weight(int back) {
        double phi = gains.phi();
        double damped = phi == 1 ? back : phi * (1 - Math.pow(phi, back)) / (1 - phi);
        return gains.alpha() + gains.beta() * damped;
    }
}
