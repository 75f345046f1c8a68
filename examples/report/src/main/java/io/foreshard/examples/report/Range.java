package io.foreshard.examples.report;

/**
 * The least and the greatest of the values that have a place on a scale. Magnitudes are held within
 * 1e-300…1e300, where differences and ratios stay finite.
 */
final class Range {

    private static final double MOST = 1e300;
    private static final double LEAST = 1e-300;

    private final Scale scale;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    Range(Scale scale) {
        this.scale = scale;
    }

    void include(double value) {
        double held = Math.abs(value) < LEAST ? 0 : Math.max(-MOST, Math.min(MOST, value));
        if (Double.isFinite(value) && !Double.isNaN(scale.forward(held))) {
            low = Math.min(low, held);
            high = Math.max(high, held);
        }
    }

    void include(double[] values) {
        for (double value : values) {
            include(value);
        }
    }

    void include(Range other) {
        include(other.low);
        include(other.high);
    }

    boolean isEmpty() {
        return low > high;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** Makes the range fit to be an axis: at least a little wide. */
    void open() {
        if (isEmpty()) {
            low = scale == Scale.LOG ? 1 : 0;
            high = scale == Scale.LOG ? 10 : scale == Scale.TAIL ? 0.9 : 1;
        } else if (scale == Scale.TAIL) {
            low = 0;
            high = Math.max(high, 0.9);
        } else if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
            widenPoint();
        }
    }

    private void widenPoint() {
        double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
        low -= margin;
        high += margin;
    }

    /** Starts at zero when that is near. */
    void reachZero() {
        if (scale == Scale.LINEAR && low > 0 && low < 0.4 * high) {
            low = 0;
        }
    }

    /** Leaves a share of its length as air at both ends, but keeps zero as an end. */
    void pad(double share) {
        if (scale == Scale.LINEAR) {
            double margin = (high - low) * share;
            low = low == 0 ? 0 : low - margin;
            high = high == 0 ? 0 : high + margin;
        } else if (scale == Scale.LOG) {
            double factor = Math.pow(10, (Math.log10(high) - Math.log10(low)) * share);
            low = Math.max(LEAST, low / factor);
            high = Math.min(MOST, high * factor);
        }
    }
}
