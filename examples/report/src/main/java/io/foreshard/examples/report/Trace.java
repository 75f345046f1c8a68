package io.foreshard.examples.report;

import java.util.Locale;

/**
 * The path of a line in pixels. Within a column of one pixel only the first, lowest, highest and last point are kept, so a path
 * is as long as the plot is wide, whatever the series is, and looks the same.
 */
final class Trace {

    private final boolean steps;
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder dots = new StringBuilder();
    private boolean drawing;
    private boolean alone;
    private long column;
    private int held;
    private double heldX;
    private double low;
    private double high;
    private boolean lowFirst;
    private double last;

    Trace(boolean steps) {
        this.steps = steps;
    }

    /** Draws to a point; NaN in either coordinate breaks the line. */
    void point(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            end();
        } else if (!drawing) {
            move(path, x, y);
            drawing = true;
            alone = true;
            hold(x, y);
        } else if ((long) Math.floor(x) != column) {
            flush();
            if (steps) {
                draw(x, last);
            }
            draw(x, y);
            hold(x, y);
        } else {
            keep(x, y);
        }
    }

    private void hold(double x, double y) {
        column = (long) Math.floor(x);
        held = 0;
        heldX = x;
        low = y;
        high = y;
        last = y;
    }

    private void keep(double x, double y) {
        held++;
        heldX = x;
        if (y < low) {
            low = y;
            lowFirst = false;
        }
        if (y > high) {
            high = y;
            lowFirst = true;
        }
        last = y;
    }

    private void flush() {
        if (!drawing || held == 0) {
            return;
        }
        if (held > 1) {
            draw(heldX, lowFirst ? low : high);
            draw(heldX, lowFirst ? high : low);
        }
        draw(heldX, last);
        held = 0;
    }

    private void draw(double x, double y) {
        path.append('L').append(pixels(x)).append(' ').append(pixels(y));
        alone = false;
    }

    private static void move(StringBuilder path, double x, double y) {
        path.append('M').append(pixels(x)).append(' ').append(pixels(y));
    }

    /** Ends the line; the next point begins another one. */
    void end() {
        flush();
        if (drawing && alone) {
            move(dots, heldX, last);
            dots.append("h0");
        }
        drawing = false;
    }

    /** The lines so far, up to the last end. */
    String path() {
        return path.toString();
    }

    /** The points with a gap on either side, which no line shows. */
    String dots() {
        return dots.toString();
    }

    /** A coordinate to a tenth of a pixel. */
    static String pixels(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }
}
