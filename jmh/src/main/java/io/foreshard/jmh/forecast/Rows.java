package io.foreshard.jmh.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Results of contestants: a header, then values separated by commas. */
final class Rows {

    private Rows() {}

    static <T> List<T> read(Path file, Function<String[], T> row) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> row.apply(line.split(",", -1)))
                .toList();
    }

    /** Reads a number; what a script could not compute is {@link Double#NaN}. */
    static double number(String text) {
        return switch (text) {
            case "NA", "nan" -> Double.NaN;
            case "inf", "Inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
