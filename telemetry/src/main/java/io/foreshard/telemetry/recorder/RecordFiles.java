package io.foreshard.telemetry.recorder;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one folder, written one after the other. One thread at a time. */
final class RecordFiles {

    private static final Pattern NAME = Pattern.compile("telemetry-(\\d{4}-\\d{2}-\\d{2})-(\\d{1,9})\\.csv");

    private final Path folder;
    private final long maxFileBytes;
    private final int maxFiles;
    private @Nullable BufferedWriter writer;
    private @Nullable LocalDate day;
    private long bytes;

    /** A file, in the order of time. */
    private record Named(Path path, String day, int number) {

        static final Comparator<Named> BY_TIME =
                Comparator.comparing(Named::day).thenComparingInt(Named::number);

        static Optional<Named> of(Path path) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            return name.matches()
                    ? Optional.of(new Named(path, name.group(1), Integer.parseInt(name.group(2))))
                    : Optional.empty();
        }
    }

    RecordFiles(Path folder, long maxFileBytes, int maxFiles) {
        this.folder = folder;
        this.maxFileBytes = maxFileBytes;
        this.maxFiles = maxFiles;
    }

    /** Returns the files of a folder, oldest first. */
    static List<Path> list(Path folder) throws IOException {
        return named(folder).stream().map(Named::path).toList();
    }

    void write(String line, Instant now) throws IOException {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        BufferedWriter open = writer;
        if (open == null || !today.equals(day) || bytes + line.length() >= maxFileBytes) {
            open = begin(today);
        }
        append(open, line);
    }

    void flush() throws IOException {
        if (writer != null) {
            writer.flush();
        }
    }

    void close() throws IOException {
        BufferedWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    /** Begins a file always, also after a restart: the line at the end of the one before may be cut off. */
    private BufferedWriter begin(LocalDate today) throws IOException {
        close();
        Files.createDirectories(folder);
        List<Named> present = named(folder);
        int number = present.stream()
                .filter(file -> file.day().equals(today.toString()))
                .mapToInt(file -> file.number() + 1)
                .max()
                .orElse(0);
        BufferedWriter open = create(folder.resolve("telemetry-" + today + "-" + number + ".csv"));
        day = today;
        for (Named oldest : present.subList(0, Math.max(0, present.size() + 1 - maxFiles))) {
            Files.deleteIfExists(oldest.path());
        }
        return open;
    }

    /** On a full disk, this fails and leaves nothing, so that no old file is given up for an empty new one. */
    private BufferedWriter create(Path file) throws IOException {
        BufferedWriter open = Files.newBufferedWriter(file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        try {
            bytes = 0;
            append(open, RecordFormat.HEADER);
            open.flush();
        } catch (IOException full) {
            open.close();
            Files.deleteIfExists(file);
            throw full;
        }
        writer = open;
        return open;
    }

    private void append(BufferedWriter open, String line) throws IOException {
        open.write(line);
        open.write('\n');
        bytes += line.length() + 1;
    }

    private static List<Named> named(Path folder) throws IOException {
        List<Named> named = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(path -> Named.of(path).ifPresent(named::add));
        }
        named.sort(Named.BY_TIME);
        return named;
    }
}
