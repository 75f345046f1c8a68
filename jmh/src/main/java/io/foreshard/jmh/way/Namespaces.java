package io.foreshard.jmh.way;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Network namespaces of this process, with virtual cables between them. Needs root; closing takes all away. */
public final class Namespaces implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String prefix;
    private final List<String> names = new ArrayList<>();

    /**
     * Takes away what killed processes left of the same kind.
     *
     * @param kind what they are for: letters
     */
    public Namespaces(String kind) {
        String common = "foreshard-" + kind + "-";
        prefix = common + ProcessHandle.current().pid();
        removeLeftovers(Pattern.compile(common + "(\\d+)[a-z]\\w*"));
    }

    private static void removeLeftovers(Pattern ours) {
        Path namespaces = Path.of("/run/netns");
        if (!Files.isDirectory(namespaces)) {
            return;
        }
        try (Stream<Path> files = Files.list(namespaces)) {
            files.map(file -> ours.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches()
                            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty())
                    .forEach(name -> delete(name.group()));
        } catch (IOException | UncheckedIOException notReadable) {
            // Then whoever may read it has to.
        }
    }

    /**
     * Adds one.
     *
     * @param suffix a letter first
     * @return its name
     * @throws ContestantException with the reason, if this is not allowed here or a tool is missing
     */
    public String add(String suffix) throws ContestantException, InterruptedException {
        String name = prefix + suffix;
        run("ip", "netns", "add", name);
        names.add(name);
        run("ip", "-n", name, "link", "set", "lo", "up");
        return name;
    }

    /**
     * Lays a cable.
     *
     * @param one a namespace
     * @param device the name of the cable's end there
     * @param other another namespace
     * @param otherDevice the name of its end there
     * @throws ContestantException with the reason
     */
    public static void cable(String one, String device, String other, String otherDevice)
            throws ContestantException, InterruptedException {
        run("ip", "-n", one, "link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other);
    }

    /**
     * Gives the end of a cable an address and takes it into use.
     *
     * @param namespace where it is
     * @param device its name there
     * @param address of a network of 24 bits
     * @throws ContestantException with the reason
     */
    public static void dress(String namespace, String device, String address)
            throws ContestantException, InterruptedException {
        run("ip", "-n", namespace, "address", "add", address + "/24", "dev", device);
        run("ip", "-n", namespace, "link", "set", device, "up");
    }

    /**
     * Runs a tool to its end.
     *
     * @param command the program and its arguments
     * @throws ContestantException if it fails
     */
    public static void run(String... command) throws ContestantException, InterruptedException {
        new Contestant(List.of(command)).run(LIMIT);
    }

    /**
     * Returns a command that runs in a namespace.
     *
     * @param namespace its name
     * @param command the program and its arguments
     */
    public static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() {
        names.forEach(Namespaces::delete);
        names.clear();
    }

    private static void delete(String namespace) {
        try {
            new ProcessBuilder("ip", "netns", "delete", namespace)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            // Without the tool there is no namespace either.
        }
    }
}
