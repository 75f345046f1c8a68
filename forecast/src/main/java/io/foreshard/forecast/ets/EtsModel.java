package io.foreshard.forecast.ets;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Exponential smoothing that moves on with each sample (Hyndman, Koehler, Ord and Snyder 2008, tables 2.2 and 2.3): level, trend and
 * a ring of seasonal states, corrected by each one-step error.
 *
 * <p>The means are those of the book's point forecasts. The growth of the error follows table 6.2 for additive errors, the recursion
 * of section 6.3 for multiplicative errors with no or an additive season, and the approximation of section 6.4 for multiplicative
 * seasons. A multiplicative season divides by the level: where that would not be a finite step, the state in question stays.
 */
public final class EtsModel implements StreamingModel {

    private static final byte VERSION = 1;

    /** A state beyond this starts anew; sums and products of states in these limits are finite. */
    private static final double MAX_STATE = 1e300;

    private static final double MAX_SEASONAL_FACTOR = 1e6;

    private final EtsForm form;
    private final EtsGains gains;
    private final double sigma;
    private final boolean nonNegative;
    private final boolean multiplicative;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double phi;
    private final double[] season;
    private double level;
    private double trend;
    private int nextSeason;

    EtsModel(
            EtsForm form,
            EtsGains gains,
            double sigma,
            double level,
            double trend,
            double[] season,
            boolean nonNegative) {
        this.form = form;
        this.gains = gains;
        this.sigma = sigma;
        this.level = level;
        this.trend = trend;
        this.season = season;
        this.nonNegative = nonNegative;
        multiplicative = form.season() == EtsForm.SeasonType.MULTIPLICATIVE;
        alpha = gains.alpha();
        beta = gains.beta();
        gamma = gains.gamma();
        phi = gains.phi();
    }

    /**
     * Starts a model of a form.
     *
     * @param form which components it has
     * @return a builder; gains and states not set are 0, or 1 for {@code phi} and for the factors of a season
     */
    public static EtsModelBuilder builder(EtsForm form) {
        return new EtsModelBuilder(form);
    }

    /**
     * Makes simple exponential smoothing.
     *
     * @param alpha gain of the level, 0…1
     * @param level the forecast of the first step
     * @return a model before its first sample
     */
    public static EtsModel simple(double alpha, double level) {
        return builder(EtsForm.SIMPLE).alpha(alpha).level(level).build();
    }

    /**
     * Makes Holt's method.
     *
     * @param alpha gain of the level, 0…1
     * @param beta gain of the trend, 0…alpha
     * @param level level before the first sample
     * @param trend change per step before the first sample
     * @return a model before its first sample
     */
    public static EtsModel holt(double alpha, double beta, double level, double trend) {
        return builder(EtsForm.HOLT)
                .alpha(alpha)
                .beta(beta)
                .level(level)
                .trend(trend)
                .build();
    }

    /** Returns the form of the model. */
    public EtsForm form() {
        return form;
    }

    /** Returns the steps of a season, 1 where there is none. */
    public int period() {
        return season.length;
    }

    /** Returns the level after the last sample. */
    public double level() {
        return level;
    }

    /** Returns the change per step after the last sample, 0 where there is no trend. */
    public double trend() {
        return trend;
    }

    /**
     * Returns the seasonal states.
     *
     * @return a new array of {@link #period} values, that of the next step first; a single 0 where there is no season
     */
    public double[] season() {
        double[] ordered = new double[season.length];
        for (int step = 0; step < ordered.length; step++) {
            ordered[step] = season[(nextSeason + step) % season.length];
        }
        return ordered;
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder(form.toString());
        if (form.hasSeason()) {
            text.insert(text.length() - 1, "," + season.length);
        }
        text.append(String.format(Locale.ROOT, " α=%.4g", alpha));
        if (form.hasTrend()) {
            text.append(String.format(Locale.ROOT, " β=%.4g", beta));
        }
        if (form.hasSeason()) {
            text.append(String.format(Locale.ROOT, " γ=%.4g", gamma));
        }
        if (form.isDamped()) {
            text.append(String.format(Locale.ROOT, " φ=%.4g", phi));
        }
        return text.toString();
    }

    @Override
    public void update(double sample) {
        if (!(Math.abs(sample) <= Double.MAX_VALUE)) {
            skip();
            return;
        }
        if (multiplicative) {
            scaleBy(sample);
        } else {
            shiftBy(sample);
        }
        if (!(Math.abs(level) <= MAX_STATE && Math.abs(trend) <= MAX_STATE)) {
            startAnew(sample);
        }
    }

    private void shiftBy(double sample) {
        double ahead = level + phi * trend;
        double seasonal = season[nextSeason];
        double error = sample - (ahead + seasonal);
        level = ahead + alpha * error;
        trend = phi * trend + beta * error;
        moveOn(seasonal + gamma * error, MAX_STATE);
    }

    private void scaleBy(double sample) {
        double ahead = level + phi * trend;
        double seasonal = season[nextSeason];
        double error = sample / seasonal - ahead;
        boolean usable = Math.abs(seasonal) * MAX_SEASONAL_FACTOR >= 1;
        level = usable ? ahead + alpha * error : ahead;
        trend = usable ? phi * trend + beta * error : phi * trend;
        moveOn(seasonal + gamma * (sample / ahead - seasonal), MAX_SEASONAL_FACTOR);
    }

    /** Stores the seasonal state of this step unless it is beyond the limit or not a number. */
    private void moveOn(double seasonal, double limit) {
        if (Math.abs(seasonal) <= limit) {
            season[nextSeason] = seasonal;
        }
        int following = nextSeason + 1;
        nextSeason = following == season.length ? 0 : following;
    }

    private void startAnew(double sample) {
        level = sample;
        trend = 0;
        Arrays.fill(season, multiplicative ? 1 : 0);
    }

    @Override
    public void skip() {
        level += phi * trend;
        trend *= phi;
        int following = nextSeason + 1;
        nextSeason = following == season.length ? 0 : following;
        if (!(Math.abs(level) <= MAX_STATE)) {
            startAnew(Math.copySign(MAX_STATE, level));
        }
    }

    @Override
    public double next() {
        return limited(mean());
    }

    /** The mean of the next step without limits. */
    double mean() {
        return join(level + phi * trend, season[nextSeason]);
    }

    private double join(double ahead, double seasonal) {
        return multiplicative ? ahead * seasonal : ahead + seasonal;
    }

    private double limited(double value) {
        return Math.max(nonNegative ? 0 : -Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    @Override
    public void forecast(double[] mean) {
        double ahead = level;
        double slope = trend;
        int index = nextSeason;
        for (int step = 0; step < mean.length; step++) {
            slope *= phi;
            ahead += slope;
            mean[step] = limited(join(ahead, season[index]));
            index = index + 1 == season.length ? 0 : index + 1;
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        new EtsErrorGrowth(this).write(factors);
    }

    @Override
    public EtsModel copy() {
        return withSigma(sigma);
    }

    EtsModel withSigma(double deviation) {
        EtsModel copy = new EtsModel(form, gains, deviation, level, trend, season.clone(), nonNegative);
        copy.nextSeason = nextSeason;
        return copy;
    }

    EtsGains gains() {
        return gains;
    }

    double sigma() {
        return sigma;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(EtsForms.ALL.indexOf(form));
        gains.save(out);
        out.writeBoolean(nonNegative);
        out.writeDouble(sigma);
        out.writeDouble(level);
        out.writeDouble(trend);
        out.writeInt(nextSeason);
        out.writeInt(season.length);
        for (double seasonal : season) {
            out.writeDouble(seasonal);
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @return a model that goes on bit for bit
     * @throws IOException if the input fails or does not hold such a model
     */
    public static EtsModel load(DataInput in) throws IOException {
        require(in.readByte() == VERSION, "version");
        int index = in.readByte();
        require(index >= 0 && index < EtsForms.ALL.size(), "form");
        EtsGains gains = EtsGains.load(in);
        boolean nonNegative = in.readBoolean();
        double[] scalars = new double[3];
        Saved.finite(in, "state", scalars);
        int nextSeason = in.readInt();
        int period = in.readInt();
        require(period >= 1 && period <= EtsModelBuilder.MAX_PERIOD, "period");
        require(nextSeason >= 0 && nextSeason < period, "season");
        double[] season = new double[period];
        for (int step = 0; step < period; step++) {
            season[step] = Saved.moderate(in, "season");
        }
        EtsModel model =
                new EtsModel(EtsForms.ALL.get(index), gains, scalars[0], scalars[1], scalars[2], season, nonNegative);
        model.nextSeason = nextSeason;
        return model;
    }

    private static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("EtsModel: unknown " + what);
        }
    }
}
