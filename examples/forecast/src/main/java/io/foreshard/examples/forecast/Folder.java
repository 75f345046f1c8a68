package io.foreshard.examples.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The CSV files below a folder. */
final class Folder {

    private static final int MOST_FILES = 10_000;
    private static final int MOST_DEPTH = 16;

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    /** All of them, plain or gzip, in the order of their names. */
    List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root, MOST_DEPTH)) {
            return walk.filter(Files::isRegularFile)
                    .filter(Folder::isCsv)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        }
    }

    private static boolean isCsv(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".csv.gz");
    }

    /** The name of a file below the folder. */
    String name(Path file) {
        return root.relativize(file).toString();
    }
}
