package io.foreshard.forecast.ets;

import java.util.Arrays;

/** Gains and states of an {@link EtsModel} before its first sample. */
public final class EtsModelBuilder {

    static final int MAX_PERIOD = 1 << 20;

    private static final double MAX_MAGNITUDE = 1e100;

    private final EtsForm form;
    private double alpha;
    private double beta;
    private double gamma;
    private double phi = 1;
    private double sigma;
    private double level;
    private double trend;
    private double[] season = new double[0];
    private boolean nonNegative;

    EtsModelBuilder(EtsForm form) {
        this.form = form;
    }

    /**
     * Sets the gain of the level.
     *
     * @param gain 0…1
     * @return this
     */
    public EtsModelBuilder alpha(double gain) {
        alpha = gain;
        return this;
    }

    /**
     * Sets the gain of the trend, as in {@code b' = φb + βe}.
     *
     * @param gain 0…alpha
     * @return this
     */
    public EtsModelBuilder beta(double gain) {
        beta = gain;
        return this;
    }

    /**
     * Sets the gain of the season.
     *
     * @param gain 0…1
     * @return this
     */
    public EtsModelBuilder gamma(double gain) {
        gamma = gain;
        return this;
    }

    /**
     * Sets the damping of the trend.
     *
     * @param damping above 0, at most 1
     * @return this
     */
    public EtsModelBuilder phi(double damping) {
        phi = damping;
        return this;
    }

    /**
     * Sets the standard deviation of the one-step error, which the growth of multiplicative errors needs.
     *
     * @param deviation at least 0; in units of the data for additive errors, relative to the forecast for multiplicative ones
     * @return this
     */
    public EtsModelBuilder sigma(double deviation) {
        sigma = deviation;
        return this;
    }

    /**
     * Sets the level before the first sample.
     *
     * @param value finite
     * @return this
     */
    public EtsModelBuilder level(double value) {
        level = value;
        return this;
    }

    /**
     * Sets the trend before the first sample.
     *
     * @param change per step, finite
     * @return this
     */
    public EtsModelBuilder trend(double change) {
        trend = change;
        return this;
    }

    /**
     * Sets the seasonal states, and by their number the period.
     *
     * @param states those of the first step first, in the order of time; added or multiplied, as the form has it
     * @return this
     */
    public EtsModelBuilder season(double... states) {
        season = states.clone();
        return this;
    }

    /** Keeps the means that the model forecasts at 0 or above; its states move as without. Returns this. */
    public EtsModelBuilder nonNegative() {
        nonNegative = true;
        return this;
    }

    /**
     * Makes the model.
     *
     * @return a model before its first sample
     * @throws IllegalArgumentException if a gain or state is out of its range or belongs to a component that the form does not have
     */
    public EtsModel build() {
        requireRange("alpha", alpha, 0, 1, "0…1");
        requireRange("beta", beta, 0, form.hasTrend() ? alpha : 0, form.hasTrend() ? "0…alpha" : "0 without a trend");
        requireRange("gamma", gamma, 0, form.hasSeason() ? 1 : 0, form.hasSeason() ? "0…1" : "0 without a season");
        requireRange("phi", phi, form.isDamped() ? Double.MIN_VALUE : 1, 1, form.isDamped() ? "0…1" : "1 undamped");
        requireRange("sigma", sigma, 0, MAX_MAGNITUDE, "0…1e100");
        requireRange("level", level, -MAX_MAGNITUDE, MAX_MAGNITUDE, "-1e100…1e100");
        double maxTrend = form.hasTrend() ? MAX_MAGNITUDE : 0;
        requireRange("trend", trend, -maxTrend, maxTrend, form.hasTrend() ? "-1e100…1e100" : "0 without a trend");
        requireSeason();
        return new EtsModel(form, new EtsGains(alpha, beta, gamma, phi), sigma, level, trend, ring(), nonNegative);
    }

    private double[] ring() {
        return form.hasSeason() ? season.clone() : new double[1];
    }

    private void requireSeason() {
        boolean lengthFits = form.hasSeason() ? season.length >= 2 && season.length <= MAX_PERIOD : season.length == 0;
        if (!lengthFits) {
            throw new IllegalArgumentException("season: " + season.length + " states (expected: "
                    + (form.hasSeason() ? "2…" + MAX_PERIOD : "0 without a season") + ")");
        }
        Arrays.stream(season)
                .forEach(state -> requireRange("season", state, -MAX_MAGNITUDE, MAX_MAGNITUDE, "-1e100…1e100"));
    }

    private static void requireRange(String name, double value, double low, double high, String expected) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
