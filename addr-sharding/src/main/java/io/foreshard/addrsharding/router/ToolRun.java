package io.foreshard.addrsharding.router;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end. There is no shell: arguments are what they are. What it says goes to a file of its own, so that it can
 * say much without anybody who reads, and is bounded.
 *
 * @param exit what it ended with
 * @param output what it said, errors too
 */
record ToolRun(int exit, String output) {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_COMPLAINTS = 20;

    /**
     * Runs.
     *
     * @param mostBytes after which it is stopped
     * @throws IOException if it cannot be started, takes too long or says too much
     */
    static ToolRun of(List<String> command, long limitNanos, long mostBytes) throws IOException {
        Path output = Files.createTempFile("router", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            try {
                await(process, output, command.get(0), limitNanos, mostBytes);
                return new ToolRun(process.exitValue(), read(output, mostBytes));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void await(Process process, Path output, String name, long limitNanos, long mostBytes)
            throws IOException {
        try {
            for (long left = limitNanos; !process.waitFor(SLICE_NANOS, TimeUnit.NANOSECONDS); left -= SLICE_NANOS) {
                if (left <= 0) {
                    throw new IOException(name + ": did not end in time");
                }
                if (Files.size(output) > mostBytes) {
                    throw new IOException(name + ": said more than " + mostBytes + " bytes");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(name + ": interrupted", interrupted);
        }
    }

    private static String read(Path output, long mostBytes) throws IOException {
        try (InputStream input = Files.newInputStream(output)) {
            return new String(input.readNBytes((int) mostBytes), StandardCharsets.ISO_8859_1);
        }
    }

    boolean isGood() {
        return exit == 0;
    }

    /** Returns what it said before it failed, as printable lines; never nothing. */
    List<String> complaints() {
        List<String> lines = output.lines()
                .map(line -> line.replaceAll("[^ -~]", " ").strip())
                .filter(line -> !line.isEmpty())
                .limit(MOST_COMPLAINTS)
                .toList();
        return lines.isEmpty() ? List.of("exit " + exit) : lines;
    }
}
