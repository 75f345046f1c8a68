package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A random walk with a known drift: the simplest inner model. */
final class RandomWalk implements StreamingModel {

    private final double drift;
    private double last;

    RandomWalk(double drift, double last) {
        this.drift = drift;
        this.last = last;
    }

    /** As {@code rwf(drift = TRUE)} of R's package forecast. */
    static FittedModel fit(double[] series, boolean withDrift) {
        int count = series.length;
        double drift = withDrift ? (series[count - 1] - series[0]) / (count - 1) : 0;
        return new FittedModel() {
            @Override
            public String description() {
                return "random walk";
            }

            @Override
            public double[] residuals() {
                double[] residuals = new double[count];
                residuals[0] = Double.NaN;
                for (int i = 1; i < count; i++) {
                    residuals[i] = series[i] - series[i - 1] - drift;
                }
                return residuals;
            }

            @Override
            public StreamingModel model() {
                return new RandomWalk(drift, series[count - 1]);
            }
        };
    }

    static RandomWalk load(DataInput in) throws IOException {
        in.readByte();
        return new RandomWalk(in.readDouble(), in.readDouble());
    }

    @Override
    public String description() {
        return "random walk";
    }

    @Override
    public void update(double sample) {
        last = sample;
    }

    @Override
    public void skip() {
        last += drift;
    }

    @Override
    public double next() {
        return last + drift;
    }

    @Override
    public void forecast(double[] mean) {
        for (int step = 0; step < mean.length; step++) {
            mean[step] = last + (step + 1) * drift;
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.sqrt(step + 1);
        }
    }

    @Override
    public StreamingModel copy() {
        return new RandomWalk(drift, last);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(1);
        out.writeDouble(drift);
        out.writeDouble(last);
    }
}
