package io.foreshard.forecast.series;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The time and the value of one line after the other. */
final class CsvRow {

    private final CsvLines lines;
    private final @Nullable String timeColumn;
    private final @Nullable String valueColumn;
    private final TimeParser times;
    private boolean started;
    private boolean sawHeader;
    private int timeIndex;
    private int valueIndex = 1;
    private long timeNanos;
    private double value;

    CsvRow(CsvLines lines, @Nullable String timeColumn, @Nullable String valueColumn, TimeParser times) {
        this.lines = lines;
        this.timeColumn = timeColumn;
        this.valueColumn = valueColumn;
        this.times = times;
    }

    /** Moves to the next line with a sample; false at the end. */
    boolean next() throws IOException {
        List<String> cells = lines.next();
        if (cells != null && !started) {
            started = true;
            if (isHeader(cells)) {
                readHeader(cells);
                cells = lines.next();
            }
        }
        if (cells == null) {
            return false;
        }
        timeNanos = time(cell(cells, timeIndex, "time"));
        value = number(cell(cells, valueIndex, "value"));
        return true;
    }

    long timeNanos() {
        return timeNanos;
    }

    double value() {
        return value;
    }

    boolean sawHeader() {
        return sawHeader;
    }

    /** A line without a time in it is a header; a garbled first sample is told from one by its number. */
    private boolean isHeader(List<String> cells) {
        if (timeColumn != null || valueColumn != null) {
            return true;
        }
        return !times.accepts(cells.get(0)) && (cells.size() < 2 || !isNumber(cells.get(1)));
    }

    private void readHeader(List<String> names) throws SeriesFormatException {
        sawHeader = true;
        timeIndex = timeColumn == null ? 0 : indexOf(timeColumn, names);
        valueIndex = valueColumn == null ? (timeIndex == 0 ? 1 : 0) : indexOf(valueColumn, names);
    }

    private int indexOf(String column, List<String> names) throws SeriesFormatException {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(column)) {
                return i;
            }
        }
        throw lines.failure("no column " + column + " (expected: one of " + String.join(", ", names) + ")", null);
    }

    private String cell(List<String> cells, int index, String what) throws SeriesFormatException {
        if (index >= cells.size()) {
            throw lines.failure(
                    what + ": absent (expected: in column " + (index + 1) + ", found " + cells.size() + " columns)",
                    null);
        }
        return cells.get(index);
    }

    private long time(String text) throws SeriesFormatException {
        try {
            return times.nanos(text);
        } catch (IllegalArgumentException e) {
            throw lines.failure("time: " + shown(text) + " (expected: " + e.getMessage() + ")", e);
        }
    }

    private double number(String text) throws SeriesFormatException {
        if (isMissing(text)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw lines.failure("value: " + shown(text) + " (expected: a number, or nothing for a missing sample)", e);
        }
    }

    private static boolean isNumber(String text) {
        try {
            return isMissing(text) || !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isMissing(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "nan", "na", "n/a", "null", "none", "-" -> true;
            default -> false;
        };
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
