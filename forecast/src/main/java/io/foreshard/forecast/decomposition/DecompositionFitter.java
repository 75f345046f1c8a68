package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import java.util.function.Function;

/**
 * Takes the seasons off a series, fits any model on what is left and puts the seasons back, as R's {@code stlf} does: with a fit of
 * exponential smoothing it is MSTL+ETS, with one of ARIMA MSTL+ARIMA. Immutable, as safe for threads as the given functions.
 */
public final class DecompositionFitter {

    /** Default share of an error by which the seasons of the fitted model move. */
    public static final double DEFAULT_GAIN = 0.1;

    private final Function<double[], Decomposition> decomposition;
    private final Function<double[], ? extends FittedModel> inner;
    private final double gain;
    private final boolean fillGaps;

    private DecompositionFitter(
            Function<double[], Decomposition> decomposition,
            Function<double[], ? extends FittedModel> inner,
            double gain,
            boolean fillGaps) {
        this.decomposition = decomposition;
        this.inner = inner;
        this.gain = gain;
        this.fillGaps = fillGaps;
    }

    /**
     * Returns a fitter.
     *
     * @param decomposition {@code Mstl.builder(24, 168).build()::decompose}, or that of an {@link Stl}
     * @param inner fits the adjusted series, which is NaN where a sample is missing
     * @return a fitter with the default gain
     */
    public static DecompositionFitter of(
            Function<double[], Decomposition> decomposition, Function<double[], ? extends FittedModel> inner) {
        return new DecompositionFitter(decomposition, inner, DEFAULT_GAIN, false);
    }

    /**
     * Returns a fitter whose models move their seasons by another share of each error.
     *
     * @param value 0…1; 0 repeats the last cycle for ever
     * @return a fitter
     * @throws IllegalArgumentException if out of range
     */
    public DecompositionFitter withGain(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("gain: " + value + " (expected: 0…1)");
        }
        return new DecompositionFitter(decomposition, inner, value, fillGaps);
    }

    /** Returns a fitter that puts the trend in place of missing samples before the inner fit, for fits that know no gaps. */
    public DecompositionFitter withGapsFilled() {
        return new DecompositionFitter(decomposition, inner, gain, true);
    }

    /**
     * Fits a series.
     *
     * @param series NaN where a sample is missing; not retained
     * @return the fit; its errors are those of the inner fit
     * @throws IllegalArgumentException if the series has no finite sample, or the given functions say so
     */
    public FittedModel fit(double[] series) {
        Decomposition parts = decomposition.apply(series);
        double[] adjusted = parts.adjusted();
        FittedModel fit = inner.apply(fillGaps ? filled(adjusted, parts.trend()) : adjusted.clone());
        double[][] cycles = new double[parts.periods().length][];
        for (int index = 0; index < cycles.length; index++) {
            cycles[index] = parts.nextCycle(index);
        }
        return new SeasonalFit(fit, adjusted, gain, cycles);
    }

    private static double[] filled(double[] adjusted, double[] trend) {
        double[] filled = adjusted.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? trend[i] : filled[i];
        }
        return filled;
    }

    private static final class SeasonalFit implements FittedModel {

        private final FittedModel inner;
        private final double[] adjusted;
        private final double gain;
        private final double[][] cycles;

        SeasonalFit(FittedModel inner, double[] adjusted, double gain, double[]... cycles) {
            this.inner = inner;
            this.adjusted = adjusted;
            this.gain = gain;
            this.cycles = cycles;
        }

        @Override
        public String description() {
            return model().description();
        }

        @Override
        public double[] residuals() {
            double[] residuals = inner.residuals();
            for (int i = 0; i < residuals.length; i++) {
                residuals[i] = Double.isNaN(adjusted[i]) ? Double.NaN : residuals[i];
            }
            return residuals;
        }

        @Override
        public StreamingModel model() {
            return SeasonallyAdjustedModel.of(inner.model(), gain, cycles);
        }
    }
}
