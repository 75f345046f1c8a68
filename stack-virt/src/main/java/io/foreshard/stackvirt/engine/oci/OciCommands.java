package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Carries out commands of a runtime, and says what came of them. Blocks. */
final class OciCommands {

    private static final int LONGEST_ANSWER = 4096;
    /** What a program answers that a shell could not find, or not start. */
    private static final int NOT_FOUND = 127;

    private static final int NOT_STARTABLE = 126;

    private final OciRuntime runtime;
    private final Path root;
    private final long timeoutNanos;

    OciCommands(OciRuntime runtime, Path root, long timeoutNanos) {
        this.runtime = runtime;
        this.root = root;
        this.timeoutNanos = timeoutNanos;
    }

    /** Returns the folder in which the runtime keeps what it knows. */
    Path root() {
        return root;
    }

    /**
     * Carries out a command.
     *
     * @param output where to write what it says, and what the processes say that it starts. Never a pipe: those processes would hold it open
     * @throws StackException if it fails
     */
    void run(Path output, String... arguments) throws StackException {
        List<String> all = new ArrayList<>(runtime.command());
        all.addAll(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        int exit = execute(all, Redirect.appendTo(output.toFile()));
        if (exit != 0) {
            String said = tail(output);
            throw new StackException(failure(exit, said), String.join(" ", arguments) + ": exit " + exit + ": " + said);
        }
    }

    /** Carries out another program than the runtime. */
    void other(String... command) throws StackException {
        int exit = execute(List.of(command), Redirect.DISCARD);
        if (exit != 0) {
            throw new StackException(failure(exit, ""), String.join(" ", command) + ": exit " + exit);
        }
    }

    /**
     * Returns what a command says; one that starts nothing.
     *
     * @param answer a file that it overwrites
     */
    String ask(Path answer, String... arguments) throws StackException {
        List<String> all = new ArrayList<>(runtime.command());
        all.addAll(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        int exit = execute(all, Redirect.to(answer.toFile()));
        String said = tail(answer);
        if (exit != 0) {
            throw new StackException(failure(exit, said), String.join(" ", arguments) + ": exit " + exit + ": " + said);
        }
        return said;
    }

    private int execute(List<String> command, Redirect output) throws StackException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(output)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException fault) {
            throw new StackException(startFailure(fault), command.get(0) + ": " + fault.getMessage(), fault);
        }
        try {
            if (process.waitFor(timeoutNanos, TimeUnit.NANOSECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new StackException(
                StackFailure.ENGINE_SILENT,
                String.join(" ", command) + ": no end within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms");
    }

    private static StackFailure startFailure(IOException fault) {
        String text = String.valueOf(fault.getMessage());
        if (text.contains("error=11,") || text.contains("error=12,")) {
            return StackFailure.FORK_FAILED;
        }
        return StackFailure.ENGINE_MISSING;
    }

    static StackFailure failure(int exit, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (exit == NOT_FOUND || exit == NOT_STARTABLE) {
            return StackFailure.ENGINE_MISSING;
        }
        if (text.contains("does not exist") && text.contains("container")) {
            return StackFailure.UNKNOWN_STACK;
        }
        if (text.contains("cgroup") && mentionsRefusal(text)) {
            return StackFailure.LIMIT_REFUSED;
        }
        if (text.contains("resource temporarily unavailable") || text.contains("cannot allocate memory")) {
            return StackFailure.FORK_FAILED;
        }
        return StackFailure.ENGINE_FAILED;
    }

    private static boolean mentionsRefusal(String text) {
        return List.of("invalid argument", "permission denied", "operation not permitted", "resource busy").stream()
                .anyMatch(text::contains);
    }

    /** Returns the end of a file in one line, without what could be mistaken for anything else. */
    static String tail(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            byte[] end = Arrays.copyOfRange(all, Math.max(0, all.length - LONGEST_ANSWER), all.length);
            return new String(end, StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}\\s]+", " ")
                    .strip();
        } catch (IOException none) {
            return "";
        }
    }
}
