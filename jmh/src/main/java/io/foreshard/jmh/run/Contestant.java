package io.foreshard.jmh.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program that runs as a child process of its own and leaves its results in files.
 *
 * @param command the program and its first arguments
 */
public record Contestant(List<String> command) {

    private static final long MEGABYTE = 1 << 20;
    private static final Pattern TRAIL = Pattern.compile("^\\s+at |^\\s+\\.\\.\\. |^Execution halted|^Calls:");

    /** Copies the command. */
    public Contestant {
        command = List.copyOf(command);
    }

    /**
     * Returns a contestant that runs a main class of this class path in a Java machine of its own, with half of the memory of this
     * machine as its limit.
     *
     * @param main has a main method
     * @param options more options for that machine
     */
    public static Contestant java(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:MaxRAMPercentage=50");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new Contestant(command);
    }

    /**
     * Runs to the end.
     *
     * @param limit after which it is stopped
     * @param arguments appended to the command
     * @throws ContestantException if it cannot be started, fails or takes too long
     */
    public void run(Duration limit, Object... arguments) throws ContestantException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        for (Object argument : arguments) {
            whole.add(argument.toString());
        }
        try {
            run(whole, limit);
        } catch (IOException e) {
            throw new ContestantException(e.toString());
        }
    }

    private static void run(List<String> whole, Duration limit)
            throws IOException, ContestantException, InterruptedException {
        File output = File.createTempFile("contestant", ".log");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            try {
                finish(process, limit, output.toPath());
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output.toPath());
        }
    }

    private static void finish(Process process, Duration limit, Path output)
            throws IOException, ContestantException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ContestantException("stopped after " + limit.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new ContestantException("exit " + process.exitValue() + ": " + lastWords(output));
        }
    }

    /** What the program said last, without the trail of calls that led there. */
    private static String lastWords(Path output) throws IOException {
        if (Files.size(output) > MEGABYTE) {
            return "see its output";
        }
        List<String> lines = Files.readString(output)
                .lines()
                .filter(line -> !line.isBlank() && !TRAIL.matcher(line).find())
                .toList();
        return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1).strip();
    }
}
