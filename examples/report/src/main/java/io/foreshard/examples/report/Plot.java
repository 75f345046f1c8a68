package io.foreshard.examples.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines, bands, steps and points over two axes, for a {@link Report}. Layers are drawn in the order in which they were added;
 * those of the same name share a colour and a legend entry, so a forecast and its bands can be one. Values that are NaN or infinite
 * are gaps; series of any length are thinned to what the page can show, extremes kept. Immutable; arrays are copied; safe for any
 * thread.
 *
 * <p>An axis may have a unit: then {@code s}, {@code B}, {@code bit}, {@code Hz}, and rates such as {@code B/s} are shown with a
 * prefix that suits ({@code ms}, {@code MB/s}).
 */
public final class Plot {

    private final String title;
    private final String caption;
    private final AxisSpec x;
    private final AxisSpec y;
    private final List<Layer> layers;

    /** What the user said of an axis; the bounds are NaN where the data decide. */
    record AxisSpec(String label, String unit, Scale scale, double low, double high, Instant start) {
        static final AxisSpec DEFAULT = new AxisSpec("", "", Scale.LINEAR, Double.NaN, Double.NaN, Instant.EPOCH);

        boolean isNamed() {
            return !label.isEmpty() || !unit.isEmpty();
        }

        AxisSpec named(String newLabel, String newUnit) {
            return new AxisSpec(newLabel, newUnit, scale, low, high, start);
        }

        AxisSpec scaled(Scale newScale) {
            return new AxisSpec(label, unit, newScale, low, high, start);
        }

        AxisSpec within(double newLow, double newHigh) {
            return new AxisSpec(label, unit, scale, newLow, newHigh, start);
        }

        AxisSpec since(Instant newStart) {
            return new AxisSpec(label, unit, Scale.TIME, low, high, newStart);
        }
    }

    private Plot(String title, String caption, AxisSpec x, AxisSpec y, List<Layer> layers) {
        this.title = title;
        this.caption = caption;
        this.x = x;
        this.y = y;
        this.layers = layers;
    }

    /** Returns a plot without layers, under a title in plain text. */
    public static Plot titled(String title) {
        return new Plot(title, "", AxisSpec.DEFAULT, AxisSpec.DEFAULT, List.of());
    }

    /** Returns this plot with a caption beneath it, plain text: what to see in it. */
    public Plot caption(String text) {
        return new Plot(title, text, x, y, layers);
    }

    /** Returns this plot with a label at the x axis. */
    public Plot xLabel(String label) {
        return xLabel(label, "");
    }

    /** Returns this plot with a label at the x axis, and the unit of the values without a prefix. */
    public Plot xLabel(String label, String unit) {
        return new Plot(title, caption, x.named(label, unit), y, layers);
    }

    /**
     * Returns this plot with an x axis that shows dates and times in UTC.
     *
     * @param start the time that x = 0 stands for; the values of x are seconds after it
     */
    public Plot xTime(Instant start) {
        return new Plot(title, caption, x.since(start), y, layers);
    }

    /** Returns this plot with a label at the y axis. */
    public Plot yLabel(String label) {
        return yLabel(label, "");
    }

    /** Returns this plot with a label at the y axis, and the unit of the values without a prefix. */
    public Plot yLabel(String label, String unit) {
        return new Plot(title, caption, x, y.named(label, unit), layers);
    }

    /** Returns this plot with a logarithmic x axis; values of 0 and below are gaps. */
    public Plot xLogarithmic() {
        return new Plot(title, caption, x.scaled(Scale.LOG), y, layers);
    }

    /** Returns this plot with a logarithmic y axis; values of 0 and below are gaps. */
    public Plot yLogarithmic() {
        return new Plot(title, caption, x, y.scaled(Scale.LOG), layers);
    }

    /**
     * Returns this plot with a y axis from one value to another, whatever the data are; by default they decide.
     *
     * @throws IllegalArgumentException if the bounds are not finite and ascending
     */
    public Plot yRange(double low, double high) {
        return new Plot(title, caption, x, y.within(low, ascending("high", low, high)), layers);
    }

    /**
     * Returns this plot with an x axis from one value to another, whatever the data are; by default they decide.
     *
     * @throws IllegalArgumentException if the bounds are not finite and ascending
     */
    public Plot xRange(double low, double high) {
        return new Plot(title, caption, x.within(low, ascending("high", low, high)), y, layers);
    }

    /**
     * Returns this plot with a line through the points.
     *
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public Plot line(String name, double[] xs, double[] ys) {
        return with(new Layer.Series(name, Layer.Form.LINE, xs, ys));
    }

    /**
     * Returns this plot with a staircase: each value holds from its x up to the next, such as a capacity.
     *
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public Plot steps(String name, double[] xs, double[] ys) {
        return with(new Layer.Series(name, Layer.Form.STEPS, xs, ys));
    }

    /**
     * Returns this plot with a marker at each point.
     *
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public Plot points(String name, double[] xs, double[] ys) {
        return with(new Layer.Series(name, Layer.Form.POINTS, xs, ys));
    }

    /**
     * Returns this plot with the area between two lines, such as a forecast band; several of one name make a fan.
     *
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public Plot band(String name, double[] xs, double[] lows, double[] highs) {
        return with(new Layer.Band(name, xs, lows, highs));
    }

    /**
     * Returns this plot with the empirical distribution of values: over each x the share, 0…1, of values up to it. Values that
     * are not finite are left out.
     */
    public Plot ecdf(String name, double[] values) {
        double[] sorted = finiteSorted(values);
        double[] xs = new double[sorted.length + 1];
        double[] shares = new double[sorted.length + 1];
        for (int index = 0; index < sorted.length; index++) {
            xs[index + 1] = sorted[index];
            shares[index + 1] = (index + 1.0) / sorted.length;
        }
        xs[0] = sorted.length == 0 ? Double.NaN : sorted[0];
        return steps(name, xs, shares);
    }

    /**
     * Returns this plot with the percentiles of values, over an x axis drawn out towards the tail (0, 90 %, 99 %, 99.9 % equally
     * far apart), which it makes the x axis of this plot. Values that are not finite are left out.
     */
    public Plot percentiles(String name, double[] values) {
        double[] sorted = finiteSorted(values);
        double[] shares = new double[sorted.length];
        for (int index = 0; index < sorted.length; index++) {
            shares[index] = (double) index / sorted.length;
        }
        Plot tail = new Plot(title, caption, x.scaled(Scale.TAIL), y, layers);
        return tail.line(name, shares, sorted);
    }

    /** Returns this plot with an episode shaded from one x to another, over the whole height; it goes beneath the other layers. */
    public Plot shade(String name, double fromX, double toX) {
        return with(new Layer.Shade(name, fromX, toX));
    }

    /** Returns this plot with a dashed line across at one y, such as a target or a deadline. */
    public Plot level(String name, double atY) {
        return with(new Layer.Level(name, atY));
    }

    String title() {
        return title;
    }

    String caption() {
        return caption;
    }

    AxisSpec x() {
        return x;
    }

    AxisSpec y() {
        return y;
    }

    List<Layer> layers() {
        return layers;
    }

    private Plot with(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new Plot(title, caption, x, y, List.copyOf(more));
    }

    private static double[] finiteSorted(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    private static double ascending(String name, double low, double high) {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
            throw new IllegalArgumentException(name + ": " + high + " (expected: finite, above " + low + ")");
        }
        return high;
    }
}
