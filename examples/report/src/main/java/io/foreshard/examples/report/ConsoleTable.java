package io.foreshard.examples.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@link Table} as aligned text for the console. Stateless; safe for any thread. */
public final class ConsoleTable {

    private static final String GAP = "  ";

    private final Table table;
    private final boolean[] numeric;
    private final int[] widths;

    private ConsoleTable(Table table) {
        this.table = table;
        this.numeric = table.numericColumns();
        this.widths = IntStream.range(0, table.heads().size())
                .map(column -> widthOf(table, column))
                .toArray();
    }

    /**
     * Returns the table as lines of text, each ended by a line feed: the caption if there is one, the heads, a rule, the rows.
     * Numeric columns are flush right. Control characters in cells become spaces, so that a row stays a line.
     */
    public static String render(Table table) {
        return new ConsoleTable(table).render();
    }

    private static int widthOf(Table table, int column) {
        int widest = width(table.heads().get(column));
        for (List<String> row : table.rows()) {
            widest = Math.max(widest, width(row.get(column)));
        }
        return widest;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private String render() {
        StringBuilder out = new StringBuilder();
        if (!table.caption().isEmpty()) {
            out.append(oneLine(table.caption())).append('\n');
        }
        append(out, table.heads());
        append(out, Arrays.stream(widths).mapToObj("-"::repeat).toList());
        table.rows().forEach(row -> append(out, row));
        return out.toString();
    }

    private void append(StringBuilder out, List<String> cells) {
        String line = IntStream.range(0, cells.size())
                .mapToObj(column -> pad(oneLine(cells.get(column)), column))
                .collect(Collectors.joining(GAP));
        out.append(line.stripTrailing()).append('\n');
    }

    private String pad(String cell, int column) {
        String filling = " ".repeat(widths[column] - width(cell));
        return numeric[column] ? filling + cell : cell + filling;
    }

    private static String oneLine(String cell) {
        return cell.codePoints()
                .map(symbol -> Character.isISOControl(symbol) ? ' ' : symbol)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
