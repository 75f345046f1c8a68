package io.foreshard.examples.report;

/** One thing drawn in a plot. Layers of the same name share a colour and a legend entry. */
sealed interface Layer {

    String name();

    /** Widens the ranges by what this layer shows. */
    void include(Range xs, Range ys);

    /** How a series is drawn. */
    enum Form {
        /** Straight from point to point. */
        LINE,
        /** Each value holds up to the next. */
        STEPS,
        /** A marker at each point. */
        POINTS
    }

    /** Values over positions of the same number. */
    final class Series implements Layer {
        private final String name;
        private final Form form;
        private final double[] xs;
        private final double[] ys;

        Series(String name, Form form, double[] xs, double[] ys) {
            this.name = name;
            this.form = form;
            this.xs = sameLength("ys", xs, ys).clone();
            this.ys = ys.clone();
        }

        @Override
        public String name() {
            return name;
        }

        Form form() {
            return form;
        }

        int size() {
            return xs.length;
        }

        double x(int index) {
            return xs[index];
        }

        double y(int index) {
            return ys[index];
        }

        @Override
        public void include(Range xRange, Range yRange) {
            for (int index = 0; index < xs.length; index++) {
                if (Double.isFinite(xs[index]) && Double.isFinite(ys[index])) {
                    xRange.include(xs[index]);
                    yRange.include(ys[index]);
                }
            }
        }
    }

    /** The area between two lines. */
    final class Band implements Layer {
        private final Series low;
        private final Series high;

        Band(String name, double[] xs, double[] lows, double[] highs) {
            sameLength("highs", xs, highs);
            this.low = new Series(name, Form.LINE, xs, lows);
            this.high = new Series(name, Form.LINE, xs, highs);
        }

        @Override
        public String name() {
            return low.name();
        }

        Series low() {
            return low;
        }

        Series high() {
            return high;
        }

        @Override
        public void include(Range xs, Range ys) {
            low.include(xs, ys);
            high.include(xs, ys);
        }
    }

    /** An episode: a stretch of the x axis, over the whole height. */
    record Shade(String name, double fromX, double toX) implements Layer {
        @Override
        public void include(Range xs, Range ys) {
            // An episode marks what the series show, it does not make the axis longer.
        }
    }

    /** A value of the y axis worth a line across, such as a target. */
    record Level(String name, double y) implements Layer {
        @Override
        public void include(Range xs, Range ys) {
            ys.include(y);
        }
    }

    private static double[] sameLength(String name, double[] xs, double[] others) {
        if (others.length != xs.length) {
            throw new IllegalArgumentException(name + ": length " + others.length + " (expected: " + xs.length + ")");
        }
        return xs;
    }
}
