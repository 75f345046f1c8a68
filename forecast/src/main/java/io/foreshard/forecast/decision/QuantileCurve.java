package io.foreshard.forecast.decision;

import io.foreshard.coreapi.Forecast;

/** The distribution of one step: linear between the quantiles, exponential beyond the outermost two. */
final class QuantileCurve {

    private final double[] levels;
    private final double[] quantiles;

    private QuantileCurve(double[] levels, double[] quantiles) {
        this.levels = levels;
        this.quantiles = quantiles;
    }

    static QuantileCurve of(Forecast forecast, int step) {
        double[] levels = Checks.requireLevels(forecast);
        Checks.requireStep("step", forecast, step);
        return of(forecast, levels, step);
    }

    static QuantileCurve[] of(Forecast forecast, int fromStep, int toStep) {
        double[] levels = Checks.requireLevels(forecast);
        Checks.requireStep("fromStep", forecast, fromStep);
        Checks.requireStep("toStep", forecast, toStep);
        if (toStep < fromStep) {
            throw new IllegalArgumentException("toStep: " + toStep + " (expected: >= fromStep, " + fromStep + ")");
        }
        QuantileCurve[] curves = new QuantileCurve[toStep - fromStep + 1];
        for (int i = 0; i < curves.length; i++) {
            curves[i] = of(forecast, levels, fromStep + i);
        }
        return curves;
    }

    private static QuantileCurve of(Forecast forecast, double[] levels, int step) {
        double[] quantiles = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            quantiles[i] = forecast.quantile(levels[i], step);
        }
        return new QuantileCurve(levels, quantiles);
    }

    double quantile(double level) {
        int last = levels.length - 1;
        if (level < levels[0]) {
            return quantiles[0] - lowerScale() * Math.log(levels[0] / level);
        }
        if (level > levels[last]) {
            return quantiles[last] + upperScale() * Math.log((1 - levels[last]) / (1 - level));
        }
        int i = 0;
        while (i < last - 1 && levels[i + 1] < level) {
            i++;
        }
        double weight = (level - levels[i]) / (levels[i + 1] - levels[i]);
        return quantiles[i] * (1 - weight) + quantiles[i + 1] * weight;
    }

    /** Probability of more than the threshold. */
    double exceedProbability(double threshold) {
        int last = levels.length - 1;
        if (threshold < quantiles[0]) {
            double scale = lowerScale();
            return scale == 0 ? 1 : 1 - levels[0] * Math.exp((threshold - quantiles[0]) / scale);
        }
        if (threshold >= quantiles[last]) {
            double scale = upperScale();
            return scale == 0 ? 0 : (1 - levels[last]) * Math.exp((quantiles[last] - threshold) / scale);
        }
        int i = last - 1;
        while (quantiles[i] > threshold) {
            i--;
        }
        double weight = (threshold - quantiles[i]) / (quantiles[i + 1] - quantiles[i]);
        return 1 - (levels[i] * (1 - weight) + levels[i + 1] * weight);
    }

    private double lowerScale() {
        return Math.max(0, quantiles[1] - quantiles[0]) / Math.log(levels[1] / levels[0]);
    }

    private double upperScale() {
        int last = levels.length - 1;
        return Math.max(0, quantiles[last] - quantiles[last - 1])
                / Math.log((1 - levels[last - 1]) / (1 - levels[last]));
    }
}
