package io.foreshard.examples.bonded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs short commands, and finds out what is installed. Stateless. */
final class Commands {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ADMINISTRATION = "/usr/sbin" + File.pathSeparator + "/sbin";

    private Commands() {}

    /**
     * Runs a command and returns what it printed.
     *
     * @throws IOException if it cannot be started, takes too long, or fails; with what it said
     */
    static String run(String... command) throws IOException {
        return run(LIMIT, command);
    }

    static String run(Duration limit, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // What it says is read to the end, which does not come before its own. One that has ended must be left alone:
        // what it said
        // would be closed before it was read.
        process.onExit()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + ": interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Returns where a program is installed. */
    static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + ADMINISTRATION;
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns the command that runs this JVM. */
    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    /** Returns whether this process may administer the machine. */
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name")) && find("ip").isPresent();
    }
}
