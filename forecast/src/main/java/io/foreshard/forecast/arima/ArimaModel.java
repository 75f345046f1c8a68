package io.foreshard.forecast.arima;

import io.foreshard.forecast.model.StreamingModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An ARIMA process that moves on with each sample by the Kalman filter (Harvey 1989, section 3.3), without being fitted again.
 *
 * <p>A new model knows nothing but its parameters: it expects the mean, or, where the series is differenced d times, begins with
 * the first d samples in a row. From then on each step is the exact conditional expectation. As samples come in without gaps the
 * gain converges and a step is a plain recursion; {@link #skip} is the exact treatment of a missing sample.
 *
 * <p>Samples that are not finite count as missing. Confined to one thread at a time.
 */
public final class ArimaModel implements StreamingModel {

    private static final int VERSION = 1;

    private final ArimaCoefficients coefficients;
    private final ArimaFilter filter;
    private double[] growth = {1};

    private ArimaModel(ArimaCoefficients coefficients, ArimaFilter filter) {
        this.coefficients = coefficients;
        this.filter = filter;
    }

    /**
     * Returns a model that has seen no sample.
     *
     * @param coefficients its parameters
     * @return a new model
     */
    public static ArimaModel of(ArimaCoefficients coefficients) {
        return new ArimaModel(coefficients, new ArimaFilter(coefficients));
    }

    /** Returns the parameters. */
    public ArimaCoefficients coefficients() {
        return coefficients;
    }

    @Override
    public String description() {
        return coefficients.toString();
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            skip();
            return;
        }
        filter.update(sample);
        if (!Double.isFinite(filter.next)) {
            filter.beginAnew(sample);
        }
    }

    @Override
    public void skip() {
        double before = filter.next;
        filter.skip();
        if (!Double.isFinite(filter.next)) {
            filter.beginAnew(before);
        }
    }

    @Override
    public double next() {
        return filter.next;
    }

    @Override
    public void forecast(double[] mean) {
        filter.forecast(mean);
    }

    /**
     * Writes how the error grows with the horizon when no sample is missing: the root of the cumulated squares of the psi weights.
     *
     * @param factors receives them, the next step first; any length
     */
    @Override
    public void errorGrowth(double[] factors) {
        if (factors.length > growth.length) {
            growth = PsiWeights.growth(coefficients, Math.max(factors.length, 2 * growth.length));
        }
        System.arraycopy(growth, 0, factors, 0, factors.length);
    }

    /**
     * Returns the standard deviation of the error of the next step over the one that it has when no sample is missing: 1 in steady
     * state, more at the start and after skipped steps.
     */
    public double nextErrorFactor() {
        return Math.sqrt(Math.max(1, filter.nextVariance()));
    }

    /** The last sample minus its forecast; NaN where there was none. */
    double innovation() {
        return filter.innovation();
    }

    /** The variance of the last sample's error, for noise of variance 1. */
    double innovationVariance() {
        return filter.innovationVariance();
    }

    @Override
    public ArimaModel copy() {
        ArimaModel copy = new ArimaModel(coefficients, filter.copy());
        copy.growth = growth;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(coefficients.order().d());
        ModelFormat.write(out, coefficients.ar());
        ModelFormat.write(out, coefficients.ma());
        out.writeBoolean(coefficients.hasConstant());
        out.writeDouble(coefficients.constant());
        ModelFormat.writeFilter(out, filter);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @return a model that goes on bit for bit like the one saved
     * @throws IOException if the input fails, or is not such a model
     */
    public static ArimaModel load(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("version: " + version + " (expected: " + VERSION + ")");
        }
        ArimaModel model = of(ModelFormat.readCoefficients(in));
        ModelFormat.readFilter(in, model.filter);
        return model;
    }
}
