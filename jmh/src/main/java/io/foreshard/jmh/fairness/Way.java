package io.foreshard.jmh.fairness;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces with a virtual cable between them; a token bucket filter at the sending end is the bottleneck. Segments leave
 * the kernel one by one: a filter with a short queue would drop the large ones that offload makes. Needs root; closing it takes all away.
 */
final class Way implements AutoCloseable {

    static final String RECEIVER_ADDRESS = "10.213.77.2";

    private static final String SENDER_ADDRESS = "10.213.77.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Two packets: less than what the filter's timer needs at these rates would cost throughput, more would be a burst. */
    private static final int BURST_BYTES = 4_000;

    private final String sender;
    private final String receiver;

    private Way(String name) {
        this.sender = name + "s";
        this.receiver = name + "r";
    }

    /** Lays the way, or says why it cannot. */
    static Way lay(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        Way way = new Way("fair" + ProcessHandle.current().pid());
        try {
            way.build(bottleneck);
            return way;
        } catch (ContestantException e) {
            way.close();
            throw e;
        }
    }

    private void build(Bottleneck bottleneck) throws ContestantException, InterruptedException {
        run("ip", "netns", "add", sender);
        run("ip", "netns", "add", receiver);
        run("ip", "-n", sender, "link", "add", "way0", "type", "veth", "peer", "name", "way0", "netns", receiver);
        dress(sender, SENDER_ADDRESS);
        dress(receiver, RECEIVER_ADDRESS);
        String rate = bottleneck.megabits() + "mbit";
        String burst = Integer.toString(BURST_BYTES);
        String limit = Integer.toString(bottleneck.queueBytes());
        run(
                "tc", "-n", sender, "qdisc", "add", "dev", "way0", "root", "tbf", "rate", rate, "burst", burst, "limit",
                limit);
    }

    private static void dress(String namespace, String address) throws ContestantException, InterruptedException {
        run("ip", "-n", namespace, "address", "add", address + "/24", "dev", "way0");
        run("ip", "-n", namespace, "link", "set", "way0", "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "netns", "exec", namespace, "ethtool", "-K", "way0", "tso", "off", "gso", "off", "gro", "off");
    }

    private static void run(String... command) throws ContestantException, InterruptedException {
        new Contestant(List.of(command)).run(LIMIT);
    }

    /** Returns a command that runs at the sending end. */
    List<String> atSender(List<String> command) {
        return inside(sender, command);
    }

    /** Returns a command that runs at the receiving end. */
    List<String> atReceiver(List<String> command) {
        return inside(receiver, command);
    }

    private static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() {
        for (String namespace : List.of(sender, receiver)) {
            try {
                new ProcessBuilder("ip", "netns", "delete", namespace)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join();
            } catch (IOException e) {
                // Without the tool there is no namespace either.
                return;
            }
        }
    }
}
