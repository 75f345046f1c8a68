package io.foreshard.examples.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs short commands, makes the commands of long ones, and finds out what is installed. Stateless. */
public final class Commands {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ADMINISTRATION = "/usr/sbin" + File.pathSeparator + "/sbin";

    private Commands() {}

    /**
     * Runs a command and returns what it printed.
     *
     * @param command the program and its arguments
     * @throws IOException if it cannot be started, takes more than 10 s, or fails; with what it said
     */
    public static String run(String... command) throws IOException {
        return run(LIMIT, command);
    }

    static String run(Duration limit, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // What it says is read to the end, which does not come before its own. One that has ended must be left alone:
        // what it said would be closed before it was read.
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

    /**
     * Returns where a program is installed.
     *
     * @param program its name
     */
    public static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + ADMINISTRATION;
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns whether this process may administer the machine. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name")) && find("ip").isPresent();
    }

    /**
     * Returns a command that runs a class in a small JVM of its own, of the same version and with the same classes as this one.
     *
     * @param options further ones of the JVM, such as the size of its heap
     * @param main the class
     * @param arguments of its main method
     * @throws IOException if it cannot be told where the classes are
     */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) throws IOException {
        String self = ProcessHandle.current().info().command().orElse("java");
        List<String> small = List.of(self, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        List<String> program = List.of("-cp", ClassPath.of(main), main.getName());
        return Stream.of(small, options, program, List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns a command that ends when the standard input of its process does: so it does not outlive this JVM, however that ends.
     *
     * @param command runs in the background of a shell
     */
    public static List<String> guarded(List<String> command) {
        String script =
                "\"$@\" & child=$!; trap 'kill $child 2>/dev/null' TERM; read -r end; kill $child 2>/dev/null; wait $child";
        return Stream.concat(Stream.of("sh", "-c", script, "guard"), command.stream())
                .toList();
    }
}
