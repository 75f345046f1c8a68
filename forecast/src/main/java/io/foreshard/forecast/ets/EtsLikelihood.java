package io.foreshard.forecast.ets;

import java.util.Arrays;

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
    void curvature(double[] x, double[] rows, double[][] matrix) {
        int size = coordinates.size;
        for (double[] line : matrix) {
            Arrays.fill(line, 0);
        }
        run.sensitivities(rows);
        double[] row = new double[size];
        double noise = squares / count;
        for (int t = 0; t < run.steps; t++) {
            if (!Double.isNaN(run.data[t])) {
                coordinates.row(x, run, rows, t * run.columns(), row);
                double weight = 2 / noise;
                if (relative) {
                    weight *= (1 + 2 * noise) / (run.means[t] * run.means[t]);
                }
                accumulate(matrix, row, weight);
            }
        }
    }

    private static void accumulate(double[][] matrix, double[] row, double weight) {
        for (int i = 0; i < row.length; i++) {
            double factor = weight * row[i];
            double[] line = matrix[i];
            for (int k = 0; k < line.length; k++) {
                line[k] += factor * row[k];
            }
        }
    }
}
