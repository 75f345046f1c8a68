package io.foreshard.examples.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A scale between two bounds, with what stands beside it. */
final class Axis {

    /** A mark on the axis: where, as a share of its length, and its text. */
    record Tick(double share, String text) {}

    private final Scale scale;
    private final double low;
    private final double high;
    private final String label;
    private final Quantity quantity;

    private Axis(Scale scale, Range range, String label, String unit) {
        this.scale = scale;
        this.low = range.low();
        this.high = range.high();
        this.label = label;
        this.quantity = Quantity.of(unit, Math.max(Math.abs(low), Math.abs(high)));
    }

    /** An axis over a range that is open, see {@link Range#open()}. */
    static Axis over(Range range, Scale scale, String label, String unit) {
        return new Axis(scale, range, label, unit);
    }

    /** Where a value lies, 0 at the low end and 1 at the high end, beyond them outside; NaN when it has no place. */
    double share(double value) {
        double start = scale.forward(low);
        double length = scale.forward(high) - start;
        double at = scale.forward(value);
        return Double.isFinite(value) ? Math.max(-9, Math.min(9, at / length - start / length)) : Double.NaN;
    }

    /** The label and the unit with its prefix. */
    String title() {
        if (quantity.unit().isEmpty()) {
            return label;
        }
        return label.isEmpty() ? quantity.unit() : label + " (" + quantity.unit() + ")";
    }

    List<Tick> ticks(int wanted) {
        List<Double> values = scale.ticks(low, high, wanted);
        double step = Scale.niceStep(low, high, wanted);
        List<Tick> ticks = new ArrayList<>();
        for (double value : values) {
            ticks.add(new Tick(share(value), text(value, step)));
        }
        return ticks;
    }

    private String text(double value, double step) {
        return switch (scale) {
            case LINEAR -> quantity.format(value, step);
            case LOG -> quantity.format(value, value);
            case TAIL -> percent(value);
        };
    }

    /** Shares near 1 as 99.9 %, without the digits that come from rounding. */
    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "\u202f%";
    }
}
