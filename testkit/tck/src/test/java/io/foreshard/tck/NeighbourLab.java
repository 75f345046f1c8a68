package io.foreshard.tck;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two network namespaces with a virtual cable between: one for a stack, and one with a BIRD of this machine. Needs root. */
final class NeighbourLab {

    static final String STACK_ADDRESS = "192.0.2.1";
    static final String NEIGHBOUR_ADDRESS = "192.0.2.2";

    private static final String PREFIX = "neighbours-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-[sn]");
    private static final int STOP_SECONDS = 5;

    private final Path folder;
    private final String stack = PREFIX + ProcessHandle.current().pid() + "-s";
    private final String neighbour = PREFIX + ProcessHandle.current().pid() + "-n";

    private NeighbourLab(Path folder) {
        this.folder = folder;
    }

    /** Returns why there can be no such namespaces here, or nothing if there can. */
    static Optional<String> obstacle() {
        String probe = PREFIX + ProcessHandle.current().pid() + "-n";
        try {
            removeLeftovers();
            Commands.run("ip", "netns", "add", probe);
            Commands.run("ip", "netns", "delete", probe);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(refused.toString());
        }
    }

    private static void removeLeftovers() throws IOException {
        Matcher names = NAME.matcher(Commands.run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                Commands.run("ip", "netns", "delete", names.group());
            }
        }
    }

    /** Lays the cable and starts the neighbour. */
    static NeighbourLab start(Path folder, String neighbourText, Cleanup cleanup) throws IOException {
        NeighbourLab lab = new NeighbourLab(folder);
        lab.lay(cleanup);
        Path configuration = Files.writeString(folder.resolve("neighbour.conf"), neighbourText);
        List<String> command = List.of(
                "ip",
                "netns",
                "exec",
                lab.neighbour,
                Commands.find("bird").orElseThrow().toString(),
                "-f",
                "-c",
                configuration.toString(),
                "-s",
                lab.socket().toString());
        Process process = new ProcessBuilder(Commands.guarded(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("neighbour.out").toFile())
                .start();
        cleanup.add(() -> {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
        return lab;
    }

    private void lay(Cleanup cleanup) throws IOException {
        for (String name : List.of(stack, neighbour)) {
            Commands.run("ip", "netns", "add", name);
            cleanup.add(() -> Commands.run("ip", "netns", "delete", name));
            Commands.run("ip", "-n", name, "link", "set", "lo", "up");
        }
        Commands.run(
                "ip", "-n", stack, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", neighbour);
        dress(stack, STACK_ADDRESS);
        dress(neighbour, NEIGHBOUR_ADDRESS);
        // A stack has no capability: whose network it is says who may listen at the ports below 1024.
        Commands.run("ip", "netns", "exec", stack, "sh", "-c", "echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start");
    }

    private static void dress(String namespace, String address) throws IOException {
        Commands.run("ip", "-n", namespace, "address", "add", address + "/30", "dev", "cable");
        Commands.run("ip", "-n", namespace, "link", "set", "cable", "up");
    }

    private Path socket() {
        return folder.resolve("neighbour.ctl");
    }

    Path stackNamespace() {
        return Path.of("/run/netns", stack);
    }

    /** Asks the neighbour; what it says is empty while it does not listen. */
    String askNeighbour(String command) {
        try {
            return Commands.run("birdc", "-s", socket().toString(), command);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** Returns the names of the namespaces that are still there. */
    static String namespaces() throws IOException {
        return Commands.run("ip", "netns", "list");
    }
}
