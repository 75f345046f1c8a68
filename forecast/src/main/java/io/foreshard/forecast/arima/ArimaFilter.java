package io.foreshard.forecast.arima;

import java.util.Arrays;

/**
 * The Kalman filter of an ARIMA process with noise of variance 1, in Harvey's form with the last d samples behind the state.
 *
 * <p>An ARMA process is observed without noise, so a sample makes the first row of the filtered covariance zero, and the next
 * covariance is the old one moved by one row and column. Once it reached its limit, where the gain equals θ, only the state moves
 * on. After a skipped step the covariance grows by the whole transition, over the last d samples as well while they are unknown.
 *
 * <p>The process begins with the first d samples in a row: they carry no information on its parameters.
 */
final class ArimaFilter {

    /** How near its limit the covariance counts as having reached it. */
    private static final double LIMIT_TOLERANCE = 1e-12;

    final int size;
    final int differences;
    final double[] ar;
    final double[] ma;
    final double[] state;
    final double[] covariance;
    private final double[] work;
    private final double constant;
    private final int stride;
    int begun;
    int observedInARow; // up to the number of differences
    boolean limitReached;
    double next;
    private double innovation;
    private double innovationVariance;

    ArimaFilter(ArimaCoefficients coefficients) {
        this(coefficients.ar(), coefficients.order().d(), coefficients.ma(), coefficients.constant());
    }

    /** Takes φ and θ unchecked. */
    ArimaFilter(double[] phi, int differences, double[] theta, double constant) {
        size = Math.max(phi.length, theta.length + 1);
        this.differences = differences;
        stride = size + differences;
        ar = Arrays.copyOf(phi, size);
        ma = new double[size];
        System.arraycopy(theta, 0, ma, 1, theta.length);
        ma[0] = 1;
        this.constant = constant;
        state = new double[stride];
        covariance = new double[stride * stride];
        work = new double[stride * stride + stride];
        begin();
    }

    private ArimaFilter(ArimaFilter other) {
        size = other.size;
        differences = other.differences;
        stride = other.stride;
        ar = other.ar;
        ma = other.ma;
        constant = other.constant;
        state = other.state.clone();
        covariance = other.covariance.clone();
        work = new double[other.work.length];
        begun = other.begun;
        observedInARow = other.observedInARow;
        limitReached = other.limitReached;
        next = other.next;
        innovation = other.innovation;
        innovationVariance = other.innovationVariance;
    }

    ArimaFilter copy() {
        return new ArimaFilter(this);
    }

    private void begin() {
        begun = 0;
        limitReached = false;
        Arrays.fill(state, 0);
        Arrays.fill(covariance, 0);
        StationaryCovariance.write(ar, ma, stride, covariance);
        innovation = Double.NaN;
        innovationVariance = Double.NaN;
        next = differences == 0 ? constant : 0;
    }

    /** Forgets all samples but this one, which the next forecast repeats where there are differences. */
    void beginAnew(double sample) {
        begin();
        if (differences > 0) {
            beginWith(sample);
        }
    }

    boolean hasBegun() {
        return begun == differences;
    }

    /** The last sample minus its forecast; NaN where there was none. */
    double innovation() {
        return innovation;
    }

    /** The variance of the last sample's forecast error. */
    double innovationVariance() {
        return innovationVariance;
    }

    /** The variance of the error of the next forecast, 1 once the covariance has reached its limit. */
    double nextVariance() {
        if (limitReached) {
            return 1;
        }
        double variance = 0;
        for (int i = 0; i < stride; i++) {
            variance += weight(i) * weighted(i);
        }
        return variance;
    }

    void update(double sample) {
        if (begun < differences) {
            beginWith(sample);
            return;
        }
        innovation = sample - next;
        if (limitReached) {
            innovationVariance = 1;
            move(state[0] + innovation, ma, 1, innovation, sample);
        } else if (observedInARow >= differences) {
            correct(sample);
        } else {
            correctAfterGap(sample);
        }
        observedInARow = Math.min(observedInARow + 1, differences);
    }

    void skip() {
        innovation = Double.NaN;
        if (begun < differences) {
            begun = 0;
            return;
        }
        observedInARow = 0;
        limitReached = false;
        move(state[0], ma, 1, 0, next);
        grow();
    }

    private void beginWith(double sample) {
        innovation = Double.NaN;
        shiftSamples(sample);
        begun++;
        observedInARow = begun;
        next = begun < differences ? sample : expected();
    }

    private void shiftSamples(double sample) {
        if (differences > 1) {
            state[size + 1] = state[size];
        }
        if (differences > 0) {
            state[size] = sample;
        }
    }

    private double expected() {
        double sum = constant + state[0];
        if (differences == 1) {
            return sum + state[size];
        }
        return differences == 0 ? sum : sum + state[size] + (state[size] - state[size + 1]);
    }

    /** Moves the state on, given the newest value of the ARMA process and what the rest of the state learns from its error. */
    private void move(double value, double[] gains, int gainStride, double error, double sample) {
        int last = size - 1;
        for (int i = 0; i < last; i++) {
            state[i] = ar[i] * value + state[i + 1] + gains[(i + 1) * gainStride] * error;
        }
        state[last] = ar[last] * value;
        shiftSamples(sample);
        next = expected();
    }

    private void correct(double sample) {
        innovationVariance = covariance[0];
        move(state[0] + innovation, covariance, stride, innovation / innovationVariance, sample);
        limitReached = contract();
    }

    /** Moves the covariance on after an observed step; returns whether it has reached its limit. */
    private boolean contract() {
        double inverse = 1 / covariance[0];
        int first = stride * stride;
        for (int i = 0; i < size; i++) {
            work[first + i] = covariance[i * stride];
        }
        double distance = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double limit = ma[i] * ma[j];
                double excess = 0;
                if (j + 1 < size) {
                    excess = covariance[(i + 1) * stride + j + 1] - work[first + i + 1] * work[first + j + 1] * inverse;
                }
                distance = Math.max(distance, Math.abs(excess));
                covariance[i * stride + j] = limit + excess;
                covariance[j * stride + i] = limit + excess;
            }
        }
        return distance < LIMIT_TOLERANCE;
    }

    private void correctAfterGap(double sample) {
        double variance = nextVariance();
        innovationVariance = variance;
        int gains = stride * stride;
        for (int i = 0; i < stride; i++) {
            work[gains + i] = weighted(i);
        }
        for (int i = 0; i < stride; i++) {
            for (int j = 0; j < stride; j++) {
                covariance[i * stride + j] -= work[gains + i] * work[gains + j] / variance;
            }
            state[i] += work[gains + i] * innovation / variance;
        }
        move(state[0], ma, 1, 0, sample);
        grow();
        for (int i = 0; i < stride; i++) {
            covariance[size * stride + i] = 0;
            covariance[i * stride + size] = 0;
        }
    }

    /** How much of state i is in the sample. */
    private double weight(int i) {
        if (i == 0) {
            return 1;
        }
        if (i < size) {
            return 0;
        }
        return i > size ? -1 : differences;
    }

    /** The covariance of state i with the sample. */
    private double weighted(int i) {
        int row = i * stride;
        double sum = covariance[row];
        for (int k = 0; k < differences; k++) {
            sum += weight(size + k) * covariance[row + size + k];
        }
        return sum;
    }

    /** Moves the covariance on by the whole transition. */
    private void grow() {
        for (int j = 0; j < stride; j++) {
            for (int i = 0; i < size; i++) {
                double below = i + 1 < size ? covariance[(i + 1) * stride + j] : 0;
                work[j * stride + i] = ar[i] * covariance[j] + below;
            }
            if (differences > 0) {
                work[j * stride + size] = weighted(j);
            }
            if (differences > 1) {
                work[j * stride + size + 1] = covariance[size * stride + j];
            }
        }
        for (int i = 0; i < stride; i++) {
            for (int j = i; j < stride; j++) {
                double value = moved(i, j);
                covariance[i * stride + j] = value;
                covariance[j * stride + i] = value;
            }
        }
    }

    /** One value of T P T' + R R', where column i of T P lies along work[· stride + i]. */
    private double moved(int i, int j) {
        if (j < size) {
            double below = j + 1 < size ? work[(j + 1) * stride + i] : 0;
            return ar[j] * work[i] + below + ma[i] * ma[j];
        }
        if (j > size) {
            return work[size * stride + i];
        }
        double sum = work[i];
        for (int k = 0; k < differences; k++) {
            sum += weight(size + k) * work[(size + k) * stride + i];
        }
        return sum;
    }

    /** Writes the means of the next steps. */
    void forecast(double[] mean) {
        System.arraycopy(state, 0, work, 0, stride);
        for (int step = 0; step < mean.length; step++) {
            mean[step] = step == 0 ? next : ahead(mean[step - 1]);
        }
    }

    private double ahead(double sample) {
        if (begun < differences) {
            return sample;
        }
        double first = work[0];
        for (int i = 0; i < size; i++) {
            work[i] = ar[i] * first + (i + 1 < size ? work[i + 1] : 0);
        }
        double step = differences > 1 ? sample - work[size] : 0;
        if (differences > 0) {
            work[size] = sample;
        }
        double mean = constant + work[0] + (differences > 0 ? sample + step : 0);
        return Double.isFinite(mean) ? mean : sample;
    }
}
