package io.foreshard.examples.report;

import static io.foreshard.examples.report.Trace.pixels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plot as a figure: title, legend, an SVG with axes and layers, caption. */
final class PlotSvg {

    /** Height between the axes, in pixels at the natural size. */
    static final int HEIGHT = 270;

    /** The same for plots that share an x axis. */
    static final int STACKED_HEIGHT = 175;

    private static final int WIDTH = 960;
    private static final int LEFT = 72;
    private static final int RIGHT = 18;
    private static final int TICK_ROOM = 12;
    private static final int TITLE_ROOM = 18;
    private static final int PIXELS_PER_X_TICK = 110;
    private static final int PIXELS_PER_Y_TICK = 52;

    private static final double AIR = 0.05;

    /** The name of the highest level has room above its line, also where plots are low. */
    private static final double LEVEL_AIR = 0.15;

    private final Plot plot;
    private final Map<String, Integer> colours;
    private final int top;
    private final int bottom;
    private final int height;
    private final Axis x;
    private final Axis y;
    private final boolean empty;

    PlotSvg(Plot plot, Range sharedX, Palette palette, int height) {
        this.plot = plot;
        this.colours = palette.assign(Legend.colouredNames(plot));
        this.top = TICK_ROOM + (plot.y().isNamed() ? TITLE_ROOM : 0);
        this.bottom = 2 * TICK_ROOM + (plot.x().isNamed() ? TITLE_ROOM : 0);
        this.height = height;
        Range ys = new Range(plot.y().scale());
        Range xs = new Range(plot.x().scale());
        plot.layers().forEach(layer -> layer.include(xs, ys));
        this.empty = xs.isEmpty();
        ys.open();
        ys.reachZero();
        ys.pad(plot.layers().stream().anyMatch(Layer.Level.class::isInstance) ? LEVEL_AIR : AIR);
        this.x = axis(plot.x(), sharedX);
        this.y = axis(plot.y(), ys);
    }

    private static Axis axis(Plot.AxisSpec spec, Range data) {
        Range range = data;
        if (Double.isFinite(spec.low())) {
            range = new Range(spec.scale());
            range.include(spec.low());
            range.include(spec.high());
            range.open();
        }
        return Axis.over(range, spec.scale(), spec.label(), spec.unit(), spec.start());
    }

    /** The range of x that the given plots cover together. */
    static Range sharedX(List<Plot> plots) {
        Range shared = new Range(plots.get(0).x().scale());
        for (Plot plot : plots) {
            plot.layers()
                    .forEach(layer -> layer.include(shared, new Range(plot.y().scale())));
        }
        shared.open();
        if (plots.stream().anyMatch(PlotSvg::hasPoints)) {
            shared.pad(0.02);
        }
        return shared;
    }

    private static boolean hasPoints(Plot plot) {
        return plot.layers().stream()
                .anyMatch(layer -> layer instanceof Layer.Series series && series.form() == Layer.Form.POINTS);
    }

    void writeTo(StringBuilder out) {
        out.append("<figure><figcaption><h3>").append(Html.escape(plot.title())).append("</h3>");
        new Legend(plot, colours).writeTo(out);
        out.append("</figcaption>\n<div class=\"wide\"><svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ');
        out.append(top + height + bottom)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(plot.title()))
                .append("\">\n");
        writeGrid(out);
        writeLayers(out);
        out.append("</svg></div>");
        if (!plot.caption().isEmpty()) {
            out.append("<p class=\"caption\">")
                    .append(Html.escape(plot.caption()))
                    .append("</p>");
        }
        out.append("</figure>\n");
    }

    private int width() {
        return WIDTH - LEFT - RIGHT;
    }

    private void writeGrid(StringBuilder out) {
        StringBuilder grid = new StringBuilder();
        for (Axis.Tick tick : y.ticks(height / PIXELS_PER_Y_TICK)) {
            double at = top + height * (1 - tick.share());
            grid.append('M')
                    .append(LEFT)
                    .append(' ')
                    .append(pixels(at))
                    .append('h')
                    .append(width());
            text(out, "end", LEFT - 8, at + 4, tick.text());
        }
        for (Axis.Tick tick : x.ticks(width() / PIXELS_PER_X_TICK)) {
            double at = LEFT + width() * tick.share();
            grid.append('M').append(pixels(at)).append(' ').append(top + height).append("v5");
            text(out, "middle", at, top + height + 19, tick.text());
        }
        out.append("<path class=\"grid\" d=\"")
                .append(grid)
                .append("\"/>\n<path class=\"axis\" d=\"M")
                .append(LEFT);
        out.append(' ').append(top + height).append('h').append(width()).append("\"/>\n");
        title(out, "start", 4, 15, y.title());
        title(out, "middle", LEFT + width() / 2.0, top + height + 39, x.title());
    }

    private static void text(StringBuilder out, String anchor, double atX, double atY, String text) {
        out.append("<text text-anchor=\"")
                .append(anchor)
                .append("\" x=\"")
                .append(pixels(atX))
                .append("\" y=\"");
        out.append(pixels(atY)).append("\">").append(Html.escape(text)).append("</text>\n");
    }

    private static void title(StringBuilder out, String anchor, double atX, double atY, String text) {
        if (!text.isEmpty()) {
            out.append("<g class=\"title\">");
            text(out, anchor, atX, atY, text);
            out.append("</g>");
        }
    }

    /** An inner SVG cuts off what leaves the area between the axes. */
    private void writeLayers(StringBuilder out) {
        if (empty) {
            title(out, "middle", LEFT + width() / 2.0, top + height / 2.0, "no data");
            return;
        }
        out.append("<svg x=\"")
                .append(LEFT)
                .append("\" y=\"")
                .append(top)
                .append("\" width=\"")
                .append(width());
        out.append("\" height=\"").append(height).append("\">\n");
        LayerSvg layers = new LayerSvg(out, x, y, width(), height);
        List<String> shades = new ArrayList<>(Legend.shadeNames(plot));
        for (Layer layer : plot.layers()) {
            if (layer instanceof Layer.Shade shade) {
                layers.shade(shade, shades.indexOf(shade.name()));
            }
        }
        plot.layers().forEach(layer -> write(layers, layer));
        for (Layer layer : plot.layers()) {
            if (layer instanceof Layer.Level level) {
                layers.levelName(level);
            }
        }
        out.append("</svg>\n");
    }

    private void write(LayerSvg layers, Layer layer) {
        int colour = colours.getOrDefault(layer.name(), 0);
        if (layer instanceof Layer.Series series) {
            layers.series(series, colour, Legend.isDashed(plot, layer.name()));
        } else if (layer instanceof Layer.Band band) {
            layers.band(band, colour);
        } else if (layer instanceof Layer.Level level) {
            layers.level(level);
        }
    }
}
