package io.foreshard.examples.report;

import static io.foreshard.examples.report.Trace.pixels;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws layers into the area between the axes, whose origin is its top left corner. */
final class LayerSvg {

    private static final int POINT_CELL_PIXELS = 2;

    private final StringBuilder out;
    private final Axis x;
    private final Axis y;
    private final double width;
    private final double height;

    LayerSvg(StringBuilder out, Axis x, Axis y, double width, double height) {
        this.out = out;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    private double px(double value) {
        return x.share(value) * width;
    }

    private double py(double value) {
        return height - y.share(value) * height;
    }

    void shade(Layer.Shade shade, int tint) {
        double from = Math.max(-1, Math.min(px(shade.fromX()), px(shade.toX())));
        double to = Math.min(width + 1, Math.max(px(shade.fromX()), px(shade.toX())));
        if (to > from) {
            out.append("<rect class=\"shade s")
                    .append(tint % 3)
                    .append("\" x=\"")
                    .append(pixels(from));
            out.append("\" y=\"-1\" width=\"").append(pixels(Math.max(1, to - from)));
            out.append("\" height=\"").append(pixels(height + 2)).append("\">");
            out.append("<title>").append(Html.escape(shade.name())).append("</title></rect>\n");
        }
    }

    void series(Layer.Series series, int colour, boolean dashed) {
        if (series.form() == Layer.Form.POINTS) {
            path("points", colour, scatter(series), series.name());
            return;
        }
        Trace trace = new Trace(series.form() == Layer.Form.STEPS);
        for (int index = 0; index < series.size(); index++) {
            trace.point(px(series.x(index)), py(series.y(index)));
        }
        trace.end();
        path(dashed ? "dashed line" : "line", colour, trace.path(), series.name());
        path("points", colour, trace.dots(), series.name());
    }

    /** A dot for each point, but only one where many fall on the same spot. */
    private String scatter(Layer.Series series) {
        StringBuilder path = new StringBuilder();
        Set<Long> drawn = new HashSet<>();
        for (int index = 0; index < series.size(); index++) {
            double atX = px(series.x(index));
            double atY = py(series.y(index));
            boolean shown = !Double.isNaN(atX) && !Double.isNaN(atY);
            if (shown && drawn.add((cell(atX) << 32) | (cell(atY) & 0xffffffffL))) {
                path.append('M')
                        .append(pixels(atX))
                        .append(' ')
                        .append(pixels(atY))
                        .append("h0");
            }
        }
        return path.toString();
    }

    private static long cell(double at) {
        return (long) Math.floor(at / POINT_CELL_PIXELS);
    }

    void band(Layer.Band band, int colour) {
        StringBuilder path = new StringBuilder();
        List<double[]> columns = new ArrayList<>();
        for (int index = 0; index < band.low().size(); index++) {
            double at = px(band.low().x(index));
            double bottom = py(band.low().y(index));
            double top = py(band.high().y(index));
            if (Double.isNaN(at + bottom + top)) {
                outline(path, columns);
            } else {
                extend(columns, at, bottom, top);
            }
        }
        outline(path, columns);
        path("band", colour, path.toString(), band.name());
    }

    /** Adds {x, bottom, top}, or widens the last column when it is the same pixel. */
    private static void extend(List<double[]> columns, double at, double bottom, double top) {
        double[] last = columns.isEmpty() ? new double[] {Double.NaN, 0, 0} : columns.get(columns.size() - 1);
        if (Math.floor(last[0]) == Math.floor(at)) {
            last[1] = Math.max(last[1], bottom);
            last[2] = Math.min(last[2], top);
        } else {
            columns.add(new double[] {at, bottom, top});
        }
    }

    private static void outline(StringBuilder path, List<double[]> columns) {
        for (int index = 0; index < columns.size(); index++) {
            double[] column = columns.get(index);
            path.append(index == 0 ? 'M' : 'L')
                    .append(pixels(column[0]))
                    .append(' ')
                    .append(pixels(column[2]));
        }
        for (int index = columns.size() - 1; index >= 0; index--) {
            double[] column = columns.get(index);
            path.append('L').append(pixels(column[0])).append(' ').append(pixels(column[1]));
        }
        path.append(columns.isEmpty() ? "" : "Z");
        columns.clear();
    }

    void level(Layer.Level level) {
        double at = py(level.y());
        if (isWithin(at)) {
            out.append("<path class=\"level\" d=\"M0 ")
                    .append(pixels(at))
                    .append('h')
                    .append(pixels(width))
                    .append("\"/>\n");
        }
    }

    /** Belongs behind all that is drawn, so that nothing is drawn over it. */
    void levelName(Layer.Level level) {
        double at = py(level.y());
        if (isWithin(at)) {
            out.append("<text class=\"note\" text-anchor=\"end\" x=\"")
                    .append(pixels(width - 6))
                    .append("\" y=\"");
            out.append(pixels(at < 18 ? at + 15 : at - 5))
                    .append("\">")
                    .append(Html.escape(level.name()))
                    .append("</text>\n");
        }
    }

    private boolean isWithin(double y) {
        return y >= 0 && y <= height;
    }

    private void path(String form, int colour, String path, String name) {
        if (!path.isEmpty()) {
            out.append("<path class=\"")
                    .append(form)
                    .append(" c")
                    .append(colour)
                    .append("\" d=\"")
                    .append(path);
            out.append("\"><title>").append(Html.escape(name)).append("</title></path>\n");
        }
    }
}
