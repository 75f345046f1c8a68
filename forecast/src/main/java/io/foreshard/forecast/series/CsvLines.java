package io.foreshard.forecast.series;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a CSV file that carry cells, and knows where it is. */
final class CsvLines {

    private static final int MAX_LINE_BYTES = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[MAX_LINE_BYTES];
    private long line;
    private char separator;

    CsvLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** The cells of the next line that has some, or null at the end. */
    @Nullable
    List<String> next() throws IOException {
        for (String text = readLine(); text != null; text = readLine()) {
            if (!text.isBlank() && !text.startsWith("#")) {
                return cells(text);
            }
        }
        return null;
    }

    private @Nullable String readLine() throws IOException {
        int length = 0;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        line++;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (length == buffer.length) {
                throw failure("longer than " + MAX_LINE_BYTES + " bytes (expected: a time and a value)", null);
            }
            buffer[length++] = (byte) read;
        }
        String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
        return line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private List<String> cells(String text) {
        if (separator == 0) {
            separator = separatorOf(text);
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private static char separatorOf(String text) {
        for (char candidate : new char[] {',', ';', '\t'}) {
            if (text.indexOf(candidate) >= 0) {
                return candidate;
            }
        }
        return ',';
    }

    SeriesFormatException failure(String problem, @Nullable Throwable cause) {
        SeriesFormatException failure = new SeriesFormatException(name, line, problem);
        failure.initCause(cause);
        return failure;
    }
}
