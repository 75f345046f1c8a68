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

/**
 * Two network namespaces with a virtual cable between them; a token bucket filter at the sending end is the bottleneck, or one behind a
 * router between the two. Segments leave the kernel one by one: a filter with a short queue would drop the large ones that offload makes.
 * Needs root; closing it takes all away.
 */
public final class Way implements AutoCloseable {

    /** The address at the receiving end, inside the namespaces. */
    public static final String RECEIVER_ADDRESS = "10.213.77.2";

    private static final String PREFIX = "foreshard-way-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)[srm]");
    private static final String ROUTER_ADDRESS = "10.213.77.254";
    private static final String FAR_SENDER_ADDRESS = "10.213.78.1";
    private static final String NEAR_ROUTER_ADDRESS = "10.213.78.254";
    private static final String SENDER_ADDRESS = "10.213.77.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Two packets: less than what the filter's timer needs at these rates would cost throughput, more would be a burst. */
    private static final int BURST_BYTES = 4_000;

    private final String sender;
    private final String router;
    private final String receiver;

    private Way(String name) {
        this.router = name + "m";
        this.sender = name + "s";
        this.receiver = name + "r";
    }

    /**
     * Lays the way.
     *
     * @param bottleneck what everything goes through
     * @throws ContestantException with the reason, if this is not allowed here or a tool is missing
     */
    public static Way lay(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        return built(way -> way.build(bottleneck));
    }

    /**
     * Lays the way with a router in the middle, at which the bottleneck is: a filter at the sending end would make the socket wait, and
     * what does not fit would queue in the sender instead of being lost.
     *
     * @param bottleneck what everything goes through towards the receiving end
     * @throws ContestantException with the reason, if this is not allowed here or a tool is missing
     */
    public static Way layRouted(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        return built(way -> way.buildRouted(bottleneck));
    }

    private interface Work {
        void on(Way way) throws ContestantException, InterruptedException;
    }

    private static Way built(Work work) throws ContestantException, InterruptedException {
        removeLeftovers();
        Way way = new Way(PREFIX + ProcessHandle.current().pid());
        try {
            work.on(way);
            return way;
        } catch (ContestantException e) {
            way.close();
            throw e;
        }
    }

    /** Runs that were killed could not take their namespaces away. */
    private static void removeLeftovers() {
        Path namespaces = Path.of("/run/netns");
        if (!Files.isDirectory(namespaces)) {
            return;
        }
        try (Stream<Path> names = Files.list(namespaces)) {
            names.map(name -> NAME.matcher(name.getFileName().toString()))
                    .filter(name -> name.matches()
                            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty())
                    .forEach(name -> delete(name.group()));
        } catch (IOException | UncheckedIOException notReadable) {
            // Then whoever may read it has to.
        }
    }

    private void build(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        run("ip", "netns", "add", sender);
        run("ip", "netns", "add", receiver);
        cable(sender, "way0", receiver, "way0");
        dress(sender, "way0", SENDER_ADDRESS);
        dress(receiver, "way0", RECEIVER_ADDRESS);
        narrow(sender, "way0", bottleneck);
    }

    private void buildRouted(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        run("ip", "netns", "add", sender);
        run("ip", "netns", "add", router);
        run("ip", "netns", "add", receiver);
        cable(sender, "way0", router, "way0");
        cable(router, "way1", receiver, "way0");
        dress(sender, "way0", FAR_SENDER_ADDRESS);
        dress(router, "way0", NEAR_ROUTER_ADDRESS);
        dress(router, "way1", ROUTER_ADDRESS);
        dress(receiver, "way0", RECEIVER_ADDRESS);
        run("ip", "-n", sender, "route", "add", "default", "via", NEAR_ROUTER_ADDRESS);
        run("ip", "-n", receiver, "route", "add", "default", "via", ROUTER_ADDRESS);
        run("ip", "netns", "exec", router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        narrow(router, "way1", bottleneck);
    }

    private static void cable(String one, String device, String other, String otherDevice)
            throws ContestantException, InterruptedException {
        run("ip", "-n", one, "link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other);
    }

    private static void narrow(String namespace, String device, Bottleneck bottleneck)
            throws ContestantException, InterruptedException {
        String rate = bottleneck.megabits() + "mbit";
        String burst = Integer.toString(BURST_BYTES);
        String limit = Integer.toString(bottleneck.queueBytes());
        run(
                "tc", "-n", namespace, "qdisc", "add", "dev", device, "root", "tbf", "rate", rate, "burst", burst,
                "limit", limit);
    }

    private static void dress(String namespace, String device, String address)
            throws ContestantException, InterruptedException {
        run("ip", "-n", namespace, "address", "add", address + "/24", "dev", device);
        run("ip", "-n", namespace, "link", "set", device, "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "netns", "exec", namespace, "ethtool", "-K", device, "tso", "off", "gso", "off", "gro", "off");
    }

    private static void run(String... command) throws ContestantException, InterruptedException {
        new Contestant(List.of(command)).run(LIMIT);
    }

    /** Returns a command that runs at the sending end. */
    public List<String> atSender(List<String> command) {
        return inside(sender, command);
    }

    /** Returns a command that runs at the receiving end. */
    public List<String> atReceiver(List<String> command) {
        return inside(receiver, command);
    }

    private static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() {
        for (String namespace : List.of(sender, router, receiver)) {
            delete(namespace);
        }
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
