package io.foreshard.examples.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scale between two bounds, with what stands beside it. */
final class Axis {

    /** A mark on the axis: where, as a share of its length, and its text. */
    record Tick(double share, String text) {}

    private final Scale scale;
    private final double low;
    private final double high;
    private final String label;
    private final Quantity quantity;
    private final Instant start;

    private Axis(Scale scale, Range range, String label, String unit, Instant start) {
        this.scale = scale;
        this.low = range.low();
        this.high = range.high();
        this.label = label;
        this.start = start;
        this.quantity = Quantity.of(unit, Math.max(Math.abs(low), Math.abs(high)));
    }

    /** An axis over a range that is open, see {@link Range#open()}. */
    static Axis over(Range range, Scale scale, String label, String unit) {
        return over(range, scale, label, unit, Instant.EPOCH);
    }

    /** The same; on a scale of times 0 stands for the start. */
    static Axis over(Range range, Scale scale, String label, String unit, Instant start) {
        return new Axis(scale, range, label, unit, start);
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
        if (scale == Scale.TIME) {
            return timeTicks(wanted);
        }
        List<Double> values = scale.ticks(low, high, wanted);
        double step = Scale.niceStep(low, high, wanted);
        List<Tick> ticks = new ArrayList<>();
        for (double value : values) {
            ticks.add(new Tick(share(value), text(value, step)));
        }
        return ticks;
    }

    private List<Tick> timeTicks(int wanted) {
        Instant midnight = start.truncatedTo(ChronoUnit.DAYS);
        double shift = Duration.between(midnight, start).toNanos() / 1e9;
        double step = Scale.niceSeconds(low, high, wanted);
        List<Tick> ticks = new ArrayList<>();
        for (double value : scale.ticks(low + shift, high + shift, wanted)) {
            Instant at = midnight.plusMillis(Math.round(value * 1000));
            ticks.add(new Tick(share(value - shift), clock(at, step)));
        }
        return ticks;
    }

    /** The day at midnight, the time of day between; the year where days are far apart. */
    private static String clock(Instant at, double stepSeconds) {
        boolean midnight = at.equals(at.truncatedTo(ChronoUnit.DAYS));
        String form = stepSeconds >= 604_800 ? "yyyy-MM-dd" : "MMM d";
        if (!midnight) {
            form = stepSeconds >= 60 ? "HH:mm" : stepSeconds >= 1 ? "HH:mm:ss" : "HH:mm:ss.SSS";
        }
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(at.atOffset(ZoneOffset.UTC));
    }

    private String text(double value, double step) {
        return switch (scale) {
            case LINEAR, TIME -> quantity.format(value, step);
            case LOG -> quantity.format(value, value);
            case TAIL -> percent(value);
        };
    }

    /** Shares near 1 as 99.9 %, without the digits that come from rounding. */
    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "\u202f%";
    }
}
