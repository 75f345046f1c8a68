package io.foreshard.jmh.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes figures as JSON, for tools. */
public final class FigureFile {

    private FigureFile() {}

    /**
     * Writes or replaces a file.
     *
     * @param file where
     * @param engine which engine was compared
     * @param quick whether samples of the data were used
     * @param seed the seed of the samples
     * @param figures in the order of their lines
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, String engine, boolean quick, long seed, List<Figure> figures)
            throws IOException {
        String java = System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version");
        String rows = figures.stream().map(FigureFile::row).collect(Collectors.joining(",\n    "));
        Files.writeString(
                file,
                "{\n  \"engine\": " + text(engine) + ",\n  \"quick\": " + quick + ",\n  \"seed\": " + seed
                        + ",\n  \"java\": " + text(java) + ",\n  \"processors\": "
                        + Runtime.getRuntime().availableProcessors() + ",\n  \"figures\": [\n    " + rows
                        + "\n  ]\n}\n");
    }

    private static String row(Figure figure) {
        String peers = figure.peers().stream().map(FigureFile::peer).collect(Collectors.joining(", "));
        return "{\"name\": " + text(figure.name()) + ", \"value\": " + number(figure.value()) + ", \"unit\": "
                + text(figure.unit()) + ", \"target\": {\"op\": "
                + text(figure.target().operator()) + ", \"number\": "
                + number(figure.target().number()) + "}, \"peers\": {" + peers + "}, \"status\": "
                + text(figure.status()) + "}";
    }

    private static String peer(Peer peer) {
        return text(peer.name()) + ": "
                + (peer.ran() ? number(peer.value()) : "{\"skipped\": " + text(peer.reason()) + "}");
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
