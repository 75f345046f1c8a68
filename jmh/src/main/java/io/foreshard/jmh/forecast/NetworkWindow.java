package io.foreshard.jmh.forecast;

import io.foreshard.jmh.series.NamedSeries;
import java.util.Arrays;
import java.util.Locale;

/** One of eight origins in the second half of a series: what is known before, what comes after, and the scores of a forecast. */
final class NetworkWindow {

    static final int COUNT = 8;

    private final NamedSeries series;
    private final int index;
    private final int origin;

    NetworkWindow(NamedSeries series, int index) {
        this.series = series;
        this.index = index;
        int first = series.values().length / 2;
        int last = series.values().length - series.horizonSteps();
        origin = first + index * (last - first) / (COUNT - 1);
    }

    double[] known() {
        return Arrays.copyOf(series.values(), origin);
    }

    double[] lastValue() {
        double[] mean = new double[series.horizonSteps()];
        Arrays.fill(mean, series.values()[origin - 1]);
        return mean;
    }

    double[] lastSeason() {
        double[] mean = new double[series.horizonSteps()];
        Arrays.setAll(mean, step -> series.values()[origin - series.period() + step % series.period()]);
        return mean;
    }

    /** Returns the scores as a row. */
    String row(String method, Intervals forecast, double cpuSeconds) {
        double error = 0;
        double relative = 0;
        int covered = 0;
        double width = 0;
        for (int step = 0; step < forecast.mean.length; step++) {
            double truth = series.values()[origin + step];
            double low = forecast.low[step];
            double high = forecast.high[step];
            double miss = Math.abs(truth - forecast.mean[step]);
            double size = Math.abs(truth) + Math.abs(forecast.mean[step]);
            error += miss;
            relative += size > 0 ? 200 * miss / size : 0;
            covered += truth >= low && truth <= high ? 1 : 0;
            width += high - low + 2 / 0.05 * (Math.max(low - truth, 0) + Math.max(truth - high, 0));
        }
        double steps = forecast.mean.length;
        double scale = scale() * steps;
        return String.format(
                Locale.ROOT,
                "%s,second,%d,%d,%s,%.6g,%.6g,%.6g,%.6g,%.3f",
                series.name(),
                index,
                origin,
                method,
                error / scale,
                relative / steps,
                covered / steps,
                width / scale,
                cpuSeconds);
    }

    private double scale() {
        double[] values = series.values();
        double sum = 0;
        for (int step = series.period(); step < origin; step++) {
            sum += Math.abs(values[step] - values[step - series.period()]);
        }
        return sum / (origin - series.period());
    }
}
