package io.foreshard.examples.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace for the server, a virtual cable to it, and a token bucket filter on our end of the cable. Names carry this
 * process's id; addresses are from the block for benchmarks (RFC 2544), four for each path.
 */
final class NamespaceWay implements Way {

    private static final int PORT = 8_080;
    private static final String PREFIX = "ingress-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");
    private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");
    private static final int BLOCKS = 1 << 14;
    private static final int BURST_BYTES = 6_000;

    private final String namespace;
    private final String cable;
    private final int block;

    private NamespaceWay(int index) {
        long pid = ProcessHandle.current().pid();
        namespace = PREFIX + pid + "-" + index;
        cable = "ig" + pid + "x" + index;
        block = (int) (pid % BLOCKS) * 8 + index * 4;
    }

    /** Returns whether this process may make namespaces: root in a container often may not. */
    static boolean isAllowed() {
        String name = PREFIX + ProcessHandle.current().pid() + "-9";
        try {
            Commands.run("ip", "netns", "add", name);
            Commands.run("ip", "netns", "delete", name);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Removes the namespaces of runs that were killed before they could do it. */
    static void removeLeftovers() throws IOException {
        Matcher names = NAME.matcher(Commands.run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                Commands.run("ip", "netns", "delete", names.group());
            }
        }
    }

    static Way lay(int index, Scenario scenario, Cleanup cleanup) throws IOException {
        NamespaceWay way = new NamespaceWay(index);
        cleanup.add(way::remove);
        way.build(scenario);
        return way;
    }

    private void build(Scenario scenario) throws IOException {
        Commands.run("ip", "netns", "add", namespace);
        Commands.run("ip", "link", "add", cable, "type", "veth", "peer", "name", "server", "netns", namespace);
        Commands.run("ip", "address", "add", address(1) + "/30", "dev", cable);
        Commands.run("ip", "-n", namespace, "address", "add", address(2) + "/30", "dev", "server");
        Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
        Commands.run("ip", "-n", namespace, "link", "set", "server", "up");
        Commands.run("ip", "link", "set", cable, "up");
        Commands.run(
                "tc",
                "qdisc",
                "add",
                "dev",
                cable,
                "root",
                "tbf",
                "rate",
                Long.toString(8 * scenario.pathBytesPerSecond()),
                "burst",
                Integer.toString(BURST_BYTES),
                "limit",
                Integer.toString(scenario.bufferBytes()));
    }

    private String address(int host) {
        int last = block + host;
        return "198." + (18 + (last >> 16)) + "." + ((last >> 8) & 0xff) + "." + (last & 0xff);
    }

    private void remove() throws IOException {
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

    @Override
    public Place place() {
        return new Place(List.of("ip", "netns", "exec", namespace), address(2), PORT);
    }

    @Override
    public InetSocketAddress leadTo(InetSocketAddress server) {
        return server;
    }

    @Override
    public boolean isKernel() {
        return true;
    }

    @Override
    public long dropped() throws IOException {
        Matcher dropped = DROPPED.matcher(Commands.run("tc", "-s", "qdisc", "show", "dev", cable));
        return dropped.find() ? Long.parseLong(dropped.group(1)) : 0;
    }
}
