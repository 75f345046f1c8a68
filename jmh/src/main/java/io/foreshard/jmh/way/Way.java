package io.foreshard.jmh.way;

import io.foreshard.jmh.run.ContestantException;
import java.util.List;

/**
 * Two network namespaces with a virtual cable between them; a token bucket filter at the sending end is the bottleneck, or one behind a
 * router between the two. Segments leave the kernel one by one: a filter with a short queue would drop the large ones that offload makes.
 * Needs root; closing it takes all away.
 */
public final class Way implements AutoCloseable {

    /** The address at the receiving end, inside the namespaces. */
    public static final String RECEIVER_ADDRESS = "10.213.77.2";

    private static final String ROUTER_ADDRESS = "10.213.77.254";
    private static final String FAR_SENDER_ADDRESS = "10.213.78.1";
    private static final String NEAR_ROUTER_ADDRESS = "10.213.78.254";
    private static final String SENDER_ADDRESS = "10.213.77.1";
    /** Two packets: less than what the filter's timer needs at these rates would cost throughput, more would be a burst. */
    private static final int BURST_BYTES = 4_000;

    private final Namespaces namespaces = new Namespaces("way");
    private String sender = "";
    private String receiver = "";

    private Way() {}

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
        Way way = new Way();
        try {
            way.sender = way.namespaces.add("s");
            way.receiver = way.namespaces.add("r");
            work.on(way);
            return way;
        } catch (ContestantException e) {
            way.close();
            throw e;
        }
    }

    private void build(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        Namespaces.cable(sender, "way0", receiver, "way0");
        dress(sender, "way0", SENDER_ADDRESS);
        dress(receiver, "way0", RECEIVER_ADDRESS);
        narrow(sender, "way0", bottleneck);
    }

    private void buildRouted(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        String router = namespaces.add("m");
        Namespaces.cable(sender, "way0", router, "way0");
        Namespaces.cable(router, "way1", receiver, "way0");
        dress(sender, "way0", FAR_SENDER_ADDRESS);
        dress(router, "way0", NEAR_ROUTER_ADDRESS);
        dress(router, "way1", ROUTER_ADDRESS);
        dress(receiver, "way0", RECEIVER_ADDRESS);
        run("ip", "-n", sender, "route", "add", "default", "via", NEAR_ROUTER_ADDRESS);
        run("ip", "-n", receiver, "route", "add", "default", "via", ROUTER_ADDRESS);
        run("ip", "netns", "exec", router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        narrow(router, "way1", bottleneck);
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
        Namespaces.dress(namespace, device, address);
        run("ip", "netns", "exec", namespace, "ethtool", "-K", device, "tso", "off", "gso", "off", "gro", "off");
    }

    private static void run(String... command) throws ContestantException, InterruptedException {
        Namespaces.run(command);
    }

    /** Returns a command that runs at the sending end. */
    public List<String> atSender(List<String> command) {
        return Namespaces.inside(sender, command);
    }

    /** Returns a command that runs at the receiving end. */
    public List<String> atReceiver(List<String> command) {
        return Namespaces.inside(receiver, command);
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
