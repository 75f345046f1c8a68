package io.foreshard.forecast.arima;

/**
 * A series ready for a fit: gaps at both ends cut, centred where a mean or difference takes the centre up, and scaled by a power of
 * two to a magnitude of about 1, so that the fit does not depend on units.
 */
final class PreparedSeries {

    /** Differences below this share of the largest sample are rounding errors. */
    private static final double ROUNDING = 1e-14;

    /** The share of the squares of the series that counts as an exact fit. */
    private static final double EXACT = 1e-24;

    private final double[] scaled;
    private final int exponent;
    private final double centre;
    private final int differences;
    private final boolean withConstant;
    private final boolean hasGaps;
    private final double[] differenced;
    private final boolean constant;

    private PreparedSeries(
            double[] scaled, int exponent, double centre, double rounding, int differences, boolean withConstant) {
        this.scaled = scaled;
        this.exponent = exponent;
        this.centre = centre;
        this.differences = differences;
        this.withConstant = withConstant;
        double[] filled = scaled.clone();
        hasGaps = Gaps.fill(filled);
        differenced = difference(filled, differences);
        if (withConstant && differences > 0) {
            subtract(differenced, mean(differenced));
        }
        constant = maxMagnitude(differenced) <= rounding * (1 << differences);
    }

    /**
     * Prepares a series.
     *
     * @param series at least one sample of it finite
     */
    static PreparedSeries of(double[] series, int differences, boolean withConstant) {
        double[] scaled = Gaps.trim(series);
        int exponent = normalise(scaled);
        double centre = 0;
        double rounding = ROUNDING;
        if (withConstant || differences > 0) {
            centre = mean(scaled);
            subtract(scaled, centre);
            centre = Math.scalb(centre, exponent);
            int more = normalise(scaled);
            rounding = Math.scalb(rounding, -more);
            exponent += more;
        }
        return new PreparedSeries(scaled, exponent, centre, rounding, differences, withConstant);
    }

    /** Returns the finite samples one after the other, scaled to a magnitude of about 1. */
    static double[] compact(double[] series) {
        double[] finite = Gaps.without(series);
        normalise(finite);
        return finite;
    }

    /** Divides by a power of two so that the largest magnitude lies within [1, 2); returns its exponent. */
    private static int normalise(double[] values) {
        double max = maxMagnitude(values);
        if (max == 0) {
            return 0;
        }
        int exponent = Math.getExponent(max);
        if (exponent < Double.MIN_EXPONENT) {
            exponent = Double.MIN_EXPONENT;
        }
        for (int t = 0; t < values.length; t++) {
            values[t] = Math.scalb(values[t], -exponent);
        }
        return exponent;
    }

    private static double maxMagnitude(double[] values) {
        double max = 0;
        for (double value : values) {
            max = Double.isFinite(value) ? Math.max(max, Math.abs(value)) : max;
        }
        return max;
    }

    private static double mean(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static void subtract(double[] values, double centre) {
        for (int t = 0; t < values.length; t++) {
            values[t] -= centre;
        }
    }

    static double[] difference(double[] values, int differences) {
        double[] result = values;
        for (int d = 0; d < differences; d++) {
            double[] next = new double[Math.max(0, result.length - 1)];
            for (int t = 0; t < next.length; t++) {
                next[t] = result[t + 1] - result[t];
            }
            result = next;
        }
        return result;
    }

    /** The differenced series, gaps filled by straight lines, without its mean where there is a constant. */
    double[] differenced() {
        return differenced;
    }

    /** Whether nothing is left to model but rounding errors. */
    boolean isConstant() {
        return constant;
    }

    boolean withConstant() {
        return withConstant;
    }

    /** How many samples have a forecast. */
    int count() {
        return hasGaps ? Gaps.forecastSamples(scaled, differences) : differenced.length;
    }

    Likelihood likelihood() {
        double floor = Math.max(Double.MIN_NORMAL, EXACT * Lags.dot(differenced, differenced, 0, differenced.length));
        if (hasGaps) {
            return new GapLikelihood(scaled, differences, withConstant, count(), floor);
        }
        double[] series = differences > 0 && withConstant ? difference(scaled, differences) : differenced;
        return new CompleteLikelihood(series, withConstant, floor);
    }

    /** The plain mean of the differenced series in units of the series: the constant of a process without lags. */
    double plainConstant() {
        double[] filled = scaled.clone();
        Gaps.fill(filled);
        return constantOf(mean(difference(filled, differences)));
    }

    /** A mean or drift in units of the series. */
    double constantOf(double scaledMean) {
        if (!withConstant) {
            return 0;
        }
        double inUnits = Math.scalb(scaledMean, exponent);
        return differences == 0 ? centre + inUnits : inUnits;
    }

    /** A standard deviation in units of the series. */
    double deviationOf(double scaledDeviation) {
        return Math.scalb(scaledDeviation, exponent);
    }

    /** The logarithm of the unit that the scaled series counts in. */
    double logUnit() {
        return exponent * Math.log(2);
    }
}
