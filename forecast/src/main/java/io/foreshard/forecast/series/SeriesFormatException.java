package io.foreshard.forecast.series;

import java.io.IOException;

/** Says which line of which file is not what was expected. */
public final class SeriesFormatException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    SeriesFormatException(String file, long line, String problem) {
        super(file + (line > 0 ? ":" + line : "") + ": " + problem);
        this.line = line;
    }

    /** Returns the line, 1 for the first, or 0 when the problem is not one of a single line. */
    public long line() {
        return line;
    }
}
