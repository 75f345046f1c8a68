package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Recursive least squares with exponential forgetting. The covariance is kept as U·diag(d)·Uᵀ with U unit upper triangular
 * (Bierman 1977), so that it stays positive definite whatever the rounding.
 *
 * <p>Forgetting inflates what the inputs do not excite. Two guards hold that: no d grows beyond that of the start, and every
 * {@value #CHECK_EVERY} samples a covariance whose trace is beyond {@value #MOST_TRACE} times that of the start starts anew, with the coefficients kept.
 */
final class LeastSquares {

    private static final double LEAST_WEIGHT = 1e-3;
    private static final double LEAST_EXCITATION = 1e-12;
    private static final double MOST_EXCITATION = 1e100;
    /** Bounds what one sample far from the mean can teach, as the noise there is no longer what it was. */
    private static final double LEAST_SHARE_OF_NOISE = 1e-4;

    private static final double MOST_TRACE = 2;
    private static final int CHECK_EVERY = 256;

    private final double growth;
    private final double[] prior;
    private final double[] coefficients;
    private final double[] diagonal;
    /** The entries of U above the diagonal, column after column. */
    private final double[] upper;

    private final double[] gain;
    private int sinceCheck;

    LeastSquares(double forgetting, double[] prior) {
        growth = 1 / forgetting;
        this.prior = prior;
        int size = prior.length;
        coefficients = new double[size];
        diagonal = prior.clone();
        upper = new double[size * (size - 1) / 2];
        gain = new double[size];
    }

    LeastSquares(LeastSquares other) {
        growth = other.growth;
        prior = other.prior;
        coefficients = other.coefficients.clone();
        diagonal = other.diagonal.clone();
        upper = other.upper.clone();
        gain = other.gain.clone();
        sinceCheck = other.sinceCheck;
    }

    double coefficient(int index) {
        return coefficients[index];
    }

    void restart() {
        Arrays.fill(coefficients, 0);
        forgetCovariance();
    }

    private void forgetCovariance() {
        System.arraycopy(prior, 0, diagonal, 0, prior.length);
        Arrays.fill(upper, 0);
    }

    /**
     * Learns from an error in error scales, where it can teach something. An outlier counts as a sample whose variance is as many
     * times larger as its squared error is beyond the limit, so that it teaches only where its inputs explain it.
     */
    void learn(double[] inputs, double error, double weight) {
        double excitation = squareOf(inputs);
        if (weight > LEAST_WEIGHT && excitation > LEAST_EXCITATION && excitation < MOST_EXCITATION) {
            correct(inputs, error, Math.max(1 / (weight * weight), excitation * LEAST_SHARE_OF_NOISE));
        }
    }

    private static double squareOf(double[] inputs) {
        double square = 0;
        for (double input : inputs) {
            square += input * input;
        }
        return square;
    }

    /** Moves the coefficients by an error whose variance is the given one, in the unit of the squared inputs. */
    void correct(double[] inputs, double error, double variance) {
        double total = updateFactors(inputs, variance);
        double step = error / total;
        for (int row = 0; row < coefficients.length; row++) {
            coefficients[row] += gain[row] * step;
        }
        if (++sinceCheck >= CHECK_EVERY) {
            sinceCheck = 0;
            boundTrace();
        }
    }

    private double updateFactors(double[] inputs, double variance) {
        double[] u = upper;
        double[] k = gain;
        double total = variance;
        double inverse = 1 / variance;
        int start = 0;
        for (int column = 0; column < k.length; column++) {
            double projection = inputs[column];
            for (int row = 0; row < column; row++) {
                projection += u[start + row] * inputs[row];
            }
            double d = Math.min(prior[column], diagonal[column] * growth);
            double weighted = d * projection;
            double shift = -projection * inverse;
            double before = total;
            total += projection * weighted;
            inverse = 1 / total;
            diagonal[column] = d * before * inverse;
            for (int row = 0; row < column; row++) {
                double entry = u[start + row];
                u[start + row] = entry + shift * k[row];
                k[row] += entry * weighted;
            }
            k[column] = weighted;
            start += column;
        }
        return total;
    }

    private void boundTrace() {
        double trace = trace();
        if (!(trace > 0 && trace <= MOST_TRACE * sumOf(prior))) {
            forgetCovariance();
        }
    }

    private static double sumOf(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** The sum of the variances of the coefficients. */
    double trace() {
        double trace = 0;
        int start = 0;
        for (int column = 0; column < diagonal.length; column++) {
            double square = 1;
            for (int row = 0; row < column; row++) {
                square += upper[start + row] * upper[start + row];
            }
            trace += diagonal[column] * square;
            start += column;
        }
        return trace;
    }

    void save(DataOutput out) throws IOException {
        Doubles.write(out, coefficients);
        Doubles.write(out, diagonal);
        Doubles.write(out, upper);
        out.writeInt(sinceCheck);
    }

    void restore(DataInput in) throws IOException {
        Doubles.read(in, coefficients);
        Doubles.read(in, diagonal);
        Doubles.read(in, upper);
        sinceCheck = Saved.between(in, "sinceCheck", 0, CHECK_EVERY - 1);
    }
}
