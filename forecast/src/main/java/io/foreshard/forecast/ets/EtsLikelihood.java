package io.foreshard.forecast.ets;

/**
 * Minus twice the log-likelihood of a form on standardised data, without the constant that all forms share (Hyndman et al. 2008,
 * eq. 5.2): {@code n log Σe²}, for multiplicative errors {@code n log Σ(e/f)² + 2 Σ log f}.
 */
final class EtsLikelihood {

    /** Squared relative rounding error: a perfect fit is no better than this per sample. */
    private static final double MIN_SQUARE = 1e-32;

    /** How many means are multiplied before a logarithm is taken. */
    private static final int CHUNK = 8;

    final EtsForm form;
    final EtsCoordinates coordinates;
    final EtsRecursion run;
    private final int count;
    private final double[] slopes;
    private final boolean relative;
    private double squares;

    EtsLikelihood(EtsForm form, EtsRecursion run, int count, double[] scratch) {
        this.form = form;
        this.run = run;
        this.count = count;
        slopes = scratch;
        relative = form.needsPositiveData();
        coordinates = new EtsCoordinates(form, run.period);
    }

    /** Runs forwards; infinite where the form does not allow the states. */
    double value(double[] x) {
        coordinates.decode(x, run);
        if (form.season() == EtsForm.SeasonType.MULTIPLICATIVE && !positiveSeason()) {
            return Double.POSITIVE_INFINITY;
        }
        run.forwards();
        double value = relative ? relativeValue() : absoluteValue();
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private boolean positiveSeason() {
        for (int j = 0; j < run.period; j++) {
            if (!(run.season[j] > 0)) {
                return false;
            }
        }
        return true;
    }

    private double absoluteValue() {
        double sum = count * MIN_SQUARE;
        for (int t = 0; t < run.steps; t++) {
            double error = run.data[t] - run.means[t];
            error = Double.isNaN(error) ? 0 : error;
            slopes[t] = error;
            sum += error * error;
        }
        squares = sum;
        return isFinite(sum) ? count * Math.log(sum) : Double.POSITIVE_INFINITY;
    }

    private static boolean isFinite(double value) {
        return Math.abs(value) <= Double.MAX_VALUE;
    }

    private double relativeValue() {
        double sum = count * MIN_SQUARE;
        double logs = 0;
        for (int from = 0; from < run.steps; from += CHUNK) {
            double product = 1;
            int to = Math.min(run.steps, from + CHUNK);
            for (int t = from; t < to; t++) {
                double mean = run.means[t];
                double inverse = 1 / mean;
                double error = run.data[t] * inverse - 1;
                boolean present = !Double.isNaN(error);
                error = present ? error : 0;
                product *= present ? Math.max(mean, 0) : 1;
                slopes[t] = error;
                sum += error * error;
            }
            logs += Math.log(product);
        }
        squares = sum;
        return isFinite(sum) && isFinite(logs) ? count * Math.log(sum) + 2 * logs : Double.POSITIVE_INFINITY;
    }

    /** Writes the gradient at the point of the last {@link #value}, which has to be finite; spends its state. */
    void gradient(double[] x, double[] gradient) {
        double weight = -2.0 * count / squares;
        for (int t = 0; t < run.steps; t++) {
            double error = slopes[t];
            if (relative) {
                double inverse = !Double.isNaN(run.data[t]) ? 1 / run.means[t] : 0;
                slopes[t] = (weight * error * (error + 1) + 2) * inverse;
            } else {
                slopes[t] = weight * error;
            }
        }
        run.backwards(slopes);
        coordinates.gradient(x, run, gradient);
    }

    /** Writes the expected second derivatives at the point of the last {@link #value}: those of Gauss and Newton, or of Fisher. */
    void curvature(double[] x, double[][] matrix) {
        int columns = run.columns();
        double[][] gram = new double[columns][columns];
        double[][] rows = run.sensitivities();
        for (int t = 0; t < run.steps; t++) {
            Lanes.multiply(rows[t], Math.sqrt(weight(t)));
        }
        for (int t = 0; t < run.steps; t += 4) {
            Lanes.addSquares(gram, rows[t], rows[t + 1], rows[t + 2], rows[t + 3]);
        }
        coordinates.curvature(x, run, gram, matrix);
    }

    private double weight(int t) {
        if (Double.isNaN(run.data[t])) {
            return 0;
        }
        double noise = squares / count;
        return relative ? (2 / noise + 4) / (run.means[t] * run.means[t]) : 2 / noise;
    }
}
