package io.foreshard.forecast;

import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.model.StreamingModel;
import java.io.DataOutput;
import java.io.IOException;

/** A model whose means are held within bounds that move with the samples, wherever they are asked for. */
final class BoundedModel implements StreamingModel {

    private final StreamingModel inner;
    private final HistoryRange range;
    private final boolean nonNegative;

    /** The model is owned from now on; the range is moved on by whoever owns it. */
    BoundedModel(StreamingModel inner, HistoryRange range, boolean nonNegative) {
        this.inner = inner;
        this.range = range;
        this.nonNegative = nonNegative;
    }

    private double bounded(double value) {
        double within = range.clamp(value);
        return nonNegative ? Math.max(0, within) : within;
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public void update(double sample) {
        inner.update(sample);
    }

    @Override
    public void skip() {
        inner.skip();
    }

    @Override
    public double next() {
        return bounded(inner.next());
    }

    @Override
    public void forecast(double[] mean) {
        inner.forecast(mean);
        for (int step = 0; step < mean.length; step++) {
            mean[step] = bounded(mean[step]);
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        inner.errorGrowth(factors);
    }

    /** {@inheritDoc} The copy has bounds that rest. */
    @Override
    public BoundedModel copy() {
        return new BoundedModel(inner.copy(), new HistoryRange(range), nonNegative);
    }

    /** {@inheritDoc} The bounds are not written. */
    @Override
    public void save(DataOutput out) throws IOException {
        inner.save(out);
    }
}
