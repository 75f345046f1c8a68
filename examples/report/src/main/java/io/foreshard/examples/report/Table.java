package io.foreshard.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rows of text under column heads. A column whose cells are all numbers, with or without a unit, is set flush right. Immutable;
 * safe for any thread.
 */
public final class Table {

    /** A number with an optional unit after it, or a dash for none. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+±≈<>≤≥−×]*\\d[\\d.,_\\u202f' ]*([eE][-+]?\\d+)?\\s?[^\\s\\d]{0,8}|[-–—]");

    private final String caption;
    private final List<String> columns;
    private final List<List<String>> rows;

    private Table(String caption, List<String> columns, List<List<String>> rows) {
        this.caption = caption;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Returns a table without rows.
     *
     * @param heads the column heads, units in them, at least one
     * @throws IllegalArgumentException if there is no column
     */
    public static Table columns(String... heads) {
        if (heads.length == 0) {
            throw new IllegalArgumentException("columns: 0 (expected: >= 1)");
        }
        return new Table("", List.of(heads), List.of());
    }

    /**
     * Returns a number as a cell shows it: a dash for NaN.
     *
     * @param value the number
     * @param decimals how many digits after the point, at least 0
     */
    public static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /**
     * Returns this table with a row more at its end.
     *
     * @param cells one per column, may be empty
     * @throws IllegalArgumentException if the number of cells is not the number of columns
     */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("cells: " + cells.length + " (expected: " + columns.size() + ")");
        }
        List<List<String>> longer = new ArrayList<>(rows);
        longer.add(List.of(cells));
        return new Table(caption, columns, List.copyOf(longer));
    }

    /** Returns this table with a caption, plain text. */
    public Table caption(String text) {
        return new Table(text, columns, rows);
    }

    /** Returns the caption; empty when there is none. */
    public String caption() {
        return caption;
    }

    /** Returns the column heads. */
    public List<String> heads() {
        return columns;
    }

    /** Returns the rows, each with one cell per column. */
    public List<List<String>> rows() {
        return rows;
    }

    /**
     * Returns whether a column is set flush right: it has cells, and all that are not empty are numbers or dashes.
     *
     * @param column 0 for the first
     */
    public boolean isNumeric(int column) {
        List<String> cells = rows.stream()
                .map(row -> row.get(column).strip())
                .filter(cell -> !cell.isEmpty())
                .toList();
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
    }

    /** {@link #isNumeric} of each column. */
    boolean[] numericColumns() {
        boolean[] numeric = new boolean[columns.size()];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = isNumeric(column);
        }
        return numeric;
    }

    void writeTo(StringBuilder out) {
        boolean[] numeric = numericColumns();
        out.append("<div class=\"wide\"><table>");
        if (!caption.isEmpty()) {
            out.append("<caption>").append(Html.escape(caption)).append("</caption>");
        }
        out.append("\n<thead>");
        writeRow(out, columns, "th", numeric);
        out.append("</thead>\n<tbody>\n");
        for (List<String> row : rows) {
            writeRow(out, row, "td", numeric);
        }
        out.append("</tbody></table></div>\n");
    }

    private static void writeRow(StringBuilder out, List<String> cells, String element, boolean[] numeric) {
        out.append("<tr>");
        for (int column = 0; column < numeric.length; column++) {
            out.append('<').append(element).append(numeric[column] ? " class=\"number\">" : ">");
            out.append(Html.escape(cells.get(column)))
                    .append("</")
                    .append(element)
                    .append('>');
        }
        out.append("</tr>\n");
    }
}
