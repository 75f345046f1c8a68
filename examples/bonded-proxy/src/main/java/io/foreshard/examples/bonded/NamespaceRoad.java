package io.foreshard.examples.bonded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A relay as a process in a network namespace of its own, behind a virtual cable with a token bucket filter on the way to us. Names carry
 * this process's id; addresses are from the block for benchmarks (RFC 2544), four for each cable.
 */
final class NamespaceRoad implements Road {

    private static final int PORT = 4_000;
    private static final int BLOCKS = 1 << 12;
    private static final int BURST_BYTES = 16_000;
    private static final int QUEUE_BYTES = 64_000;

    private final String namespace;
    private final String cable;
    private final int block;
    private final long bytesPerSecond;
    private @Nullable Process process;

    private NamespaceRoad(int index, Scenario scenario) {
        long pid = ProcessHandle.current().pid();
        namespace = "bonded-" + pid + "-" + index;
        cable = "bp" + pid + "x" + index;
        block = (int) (pid % BLOCKS) * 4 * (Scenario.RELAYS + 1) + index * 4;
        bytesPerSecond = scenario.bytesPerSecond();
    }

    /** Returns whether this process may make namespaces: root in a container often may not. */
    static boolean isAllowed() {
        String name = "bonded-" + ProcessHandle.current().pid() + "-probe";
        try {
            Commands.run("ip", "netns", "add", name);
            Commands.run("ip", "netns", "delete", name);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    static NamespaceRoad lay(int index, Scenario scenario, Cleanup cleanup) throws IOException {
        NamespaceRoad road = new NamespaceRoad(index, scenario);
        cleanup.add(road::remove);
        road.build();
        road.restore();
        return road;
    }

    private void build() throws IOException {
        Commands.run("ip", "netns", "add", namespace);
        Commands.run("ip", "link", "add", cable, "type", "veth", "peer", "name", "out", "netns", namespace);
        Commands.run("ip", "address", "add", address(1) + "/30", "dev", cable);
        Commands.run("ip", "-n", namespace, "address", "add", address(2) + "/30", "dev", "out");
        Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
        Commands.run("ip", "-n", namespace, "link", "set", "out", "up");
        Commands.run("ip", "link", "set", cable, "up");
        // All relays find the egress at one address, that of the first cable.
        Commands.run("ip", "-n", namespace, "route", "add", "default", "via", address(1));
        filter("add", bytesPerSecond);
    }

    private void filter(String verb, long rate) throws IOException {
        List<String> command = new ArrayList<>(List.of("tc", "-n", namespace, "qdisc", verb, "dev", "out", "root"));
        command.addAll(List.of("tbf", "rate", Long.toString(8 * rate)));
        command.addAll(List.of("burst", Integer.toString(BURST_BYTES), "limit", Integer.toString(QUEUE_BYTES)));
        Commands.run(command.toArray(String[]::new));
    }

    private String address(int host) {
        int last = block + host;
        return "198." + (18 + (last >> 16)) + "." + ((last >> 8) & 0xff) + "." + (last & 0xff);
    }

    /** Returns our end of the cable. */
    String nearAddress() {
        return address(1);
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(address(2), PORT);
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Override
    public void restore() throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, Commands.java()));
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", Classes.path()));
        command.addAll(List.of(RelayProcess.class.getName(), Integer.toString(PORT)));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        BufferedReader said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the relay in " + namespace + " did not start");
        }
    }

    @Override
    public void slow() throws IOException {
        filter("change", bytesPerSecond / Scenario.SLOWNESS);
    }

    private void remove() throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
        }
        if (Commands.run("ip", "netns", "list").contains(namespace)) {
            Commands.run("ip", "netns", "delete", namespace);
        }
        // The kernel takes the cable away some time after the namespace; it is gone for sure when we did it.
        try {
            Commands.run("ip", "link", "delete", cable);
        } catch (IOException alreadyGone) {
            // That is what was wanted.
        }
    }
}
