package io.foreshard.examples.forecast;

import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import java.util.Arrays;

/** What the errors of the forecasts of the next step look like, and whether the bands held what they promised. */
final class ResidualPlots {

    private static final int BINS = 41;
    private static final int LEAST_STEPS = 20;
    private static final double NORMAL_95 = 1.959964;

    private ResidualPlots() {}

    static Report addTo(Report report, Answer answer) {
        Track track = answer.main().nextSteps();
        double[] errors = track.errors();
        long known = Arrays.stream(errors).filter(Double::isFinite).count();
        if (known < LEAST_STEPS) {
            return report;
        }
        TimeAxis axis = new TimeAxis(answer.source().series());
        double[] xs = axis.seconds(track.index(0), track.index(0) + track.size());
        return report.section("Residuals")
                .paragraph(
                        "Errors of forecasting the next step, over the newer part of the series: what happened less what was"
                                + " expected. Good ones show no pattern.")
                .plot(axis.plot("Residuals over time")
                        .points("residual", xs, errors)
                        .level("0", 0))
                .plot(autocorrelation(errors, answer.choice().season(), known))
                .plot(distribution(errors))
                .section("Coverage over time")
                .paragraph("Of the forecasts of the next step, before each step.")
                .plot(coverage(axis, xs, track, answer));
    }

    private static Plot autocorrelation(double[] errors, int season, long known) {
        int lags = Math.max(24, Math.min(2 * season + 2, 400));
        double[] correlations = Diagnostics.autocorrelation(errors, lags);
        double[] xs = new double[3 * correlations.length];
        double[] ys = new double[xs.length];
        for (int lag = 1; lag <= correlations.length; lag++) {
            int at = 3 * (lag - 1);
            Arrays.fill(xs, at, at + 3, lag);
            ys[at + 1] = correlations[lag - 1];
            ys[at + 2] = Double.NaN;
        }
        double bound = NORMAL_95 / Math.sqrt((double) known);
        return Plot.titled("Autocorrelation of the residuals")
                .caption(
                        "Beyond the dashed lines there is something left to forecast; one lag in twenty is there by chance.")
                .xLabel("lag in steps")
                .line("autocorrelation", xs, ys)
                .level("95 % of noise", bound)
                .level("", -bound);
    }

    /** The outermost half percent go into the last bins, lest one outlier flatten the rest. */
    private static Plot distribution(double[] errors) {
        double reach =
                Math.max(Math.abs(Diagnostics.quantile(errors, 0.005)), Math.abs(Diagnostics.quantile(errors, 0.995)));
        double half = reach > 0 ? reach : 1;
        double[] counts = Diagnostics.histogram(errors, -half, half, BINS);
        double total = Arrays.stream(counts).sum();
        double width = 2 * half / BINS;
        double[] xs = new double[BINS + 1];
        double[] density = new double[BINS + 1];
        for (int bin = 0; bin <= BINS; bin++) {
            xs[bin] = -half + bin * width;
            density[bin] = bin < BINS ? counts[bin] / total : 0;
        }
        return Plot.titled("Distribution of the residuals")
                .caption(
                        "The line is a normal distribution of the same quartiles. Errors beyond the ends count in the last bins.")
                .xLabel("residual")
                .yLabel("share")
                .steps("residuals", xs, density)
                .line("normal", xs, normal(errors, xs, width));
    }

    private static double[] normal(double[] errors, double[] xs, double width) {
        double centre = Diagnostics.quantile(errors, 0.5);
        double deviation = (Diagnostics.quantile(errors, 0.75) - Diagnostics.quantile(errors, 0.25)) / 1.349;
        double[] ys = new double[xs.length];
        for (int index = 0; index < xs.length; index++) {
            double z = (xs[index] - centre) / deviation;
            ys[index] = width * Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
        }
        return ys;
    }

    private static Plot coverage(TimeAxis axis, double[] xs, Track track, Answer answer) {
        int window = Math.max(LEAST_STEPS, Math.min(200, track.size() / 4));
        Plot plot = axis.plot("Share of samples within the bands, over " + Figures.count(window, "step"))
                .caption("Each line should stay near its dashed line.")
                .yRange(0, 1);
        for (double coverage : answer.question().coverages()) {
            String name = Figures.percent(coverage, 1).replace(".0 %", " %");
            plot = plot.line(
                            name + " band",
                            xs,
                            Diagnostics.rollingCoverage(
                                    track.actual(), track.low(coverage), track.high(coverage), window))
                    .level(name, coverage);
        }
        return plot;
    }
}
