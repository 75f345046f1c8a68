package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keeps the numbers that a model works with away from overflow and underflow: samples of extreme magnitude are divided by a power
 * of two, which loses no digit, and forecasts multiplied by it. Ordinary samples pass as they are.
 */
final class ScaledModel implements StreamingModel {

    private static final int VERSION = 1;
    /** Magnitudes beyond it, or below its reciprocal, are extreme. */
    private static final double EXTREME = 1e90;

    private final StreamingModel inner;
    private double scale;

    /** @param scale a power of two; 0 to let the first sample that is not 0 decide */
    ScaledModel(StreamingModel inner, double scale) {
        this.inner = inner;
        this.scale = scale;
    }

    /** The divisor for samples of this magnitude, 1 for ordinary ones. */
    static double scaleOf(double magnitude) {
        boolean extreme = magnitude > EXTREME || (magnitude > 0 && magnitude < 1 / EXTREME);
        return extreme ? Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(magnitude))) : 1;
    }

    private double divisor() {
        return scale == 0 ? 1 : scale;
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public void update(double sample) {
        if (scale == 0 && sample != 0) {
            scale = scaleOf(Math.abs(sample));
        }
        inner.update(Math.max(-EXTREME, Math.min(EXTREME, sample / divisor())));
    }

    @Override
    public void skip() {
        inner.skip();
    }

    @Override
    public double next() {
        return finite(inner.next() * divisor());
    }

    @Override
    public void forecast(double[] mean) {
        inner.forecast(mean);
        if (divisor() != 1) {
            for (int step = 0; step < mean.length; step++) {
                mean[step] = finite(mean[step] * scale);
            }
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        inner.errorGrowth(factors);
    }

    @Override
    public StreamingModel copy() {
        return new ScaledModel(inner.copy(), scale);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(scale);
        inner.save(out);
    }

    static ScaledModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        double scale = Saved.magnitude(in, "scale");
        return new ScaledModel(ExpertPool.load(in), scale);
    }
}
