package io.foreshard.examples.forecast;

import io.foreshard.examples.report.Plot;
import io.foreshard.forecast.series.RegularSeries;
import java.util.Arrays;

/** The steps of a series on the x axis of a plot. */
record TimeAxis(RegularSeries series) {

    /** A plot over dates and times. */
    Plot plot(String title) {
        return Plot.titled(title).xTime(series.start()).xLabel("time (UTC)");
    }

    /** Where a stretch of steps stands, also beyond the end of the series. */
    double[] seconds(int from, int to) {
        double[] seconds = new double[to - from];
        Arrays.setAll(seconds, position -> second(from + position));
        return seconds;
    }

    double second(int index) {
        return index * (series.stepNanos() / 1e9);
    }

    double[] values(int from, int to) {
        double[] values = new double[to - from];
        Arrays.setAll(values, position -> series.value(from + position));
        return values;
    }
}
