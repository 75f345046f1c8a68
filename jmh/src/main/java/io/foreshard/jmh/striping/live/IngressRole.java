package io.foreshard.jmh.striping.live;

import io.foreshard.flowsharder.edge.Ingress;
import io.foreshard.flowsharder.edge.LegReport;
import io.foreshard.flowsharder.spi.Node;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ingresses with their defaults, one at a time, on one event loop. */
final class IngressRole {

    private static final long LOOK_MILLIS = 5;
    private static final int PATIENCE = 2_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final InetSocketAddress egress;
    private final String origin;
    private @Nullable Ingress ingress;
    private @Nullable Channel listener;

    private IngressRole(InetSocketAddress egress, String origin) {
        this.egress = egress;
        this.origin = origin;
    }

    /**
     * Runs the program.
     *
     * @param arguments the egress's address and port, the origin's {@code host:port} as the egress sees it
     */
    public static void main(String[] arguments) throws IOException {
        var egress = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        Console.serve(new IngressRole(egress, arguments[2])::handle);
    }

    private String handle(String name, List<String> arguments) throws IOException, InterruptedException {
        return switch (name) {
            case "ready" -> "yes";
            case "open" -> open(Integer.parseInt(arguments.get(0)), arguments.subList(1, arguments.size()));
            case "legs" -> legs().stream().map(IngressRole::text).collect(Collectors.joining("; "));
            case "round-trip" -> Long.toString(shortestRoundTripNanos());
            case "counters" -> ingress == null ? "none" : ingress.counters().toString();
            case "files" -> Long.toString(MemoryLook.descriptorCount());
            case "memory" -> MemoryLook.take().text();
            case "close" -> close();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Takes the port and the addresses of relays, each with its port; answers when all legs are up. */
    private String open(int port, List<String> relays) throws InterruptedException {
        close();
        List<Node> nodes = new ArrayList<>();
        for (String relay : relays) {
            String[] parts = relay.split(":", -1);
            nodes.add(Node.of(relay, new InetSocketAddress(parts[0], Integer.parseInt(parts[1]))));
        }
        Ingress opened = Ingress.builder(group, egress, Keys.edgeSecret())
                .relaySecret(Keys.relaySecret())
                .nodes(nodes)
                .start();
        ingress = opened;
        listener = opened.forward(new InetSocketAddress(port), origin).sync().getNow();
        for (int i = 0; i < PATIENCE; i++) {
            List<LegReport> legs = legs();
            if (legs.size() == nodes.size() && legs.stream().allMatch(LegReport::isUp)) {
                return "open";
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("legs are missing");
    }

    private List<LegReport> legs() throws InterruptedException {
        return ingress == null ? List.of() : ingress.legs().sync().getNow();
    }

    private long shortestRoundTripNanos() throws InterruptedException {
        return legs().stream().mapToLong(LegReport::roundTripNanos).min().orElse(0);
    }

    private static String text(LegReport leg) {
        return String.format(
                "%s %s %.1f Mbit/s rtt %.1f ms sent %d received %d",
                leg.node(),
                leg.isUp() ? "up" : "down",
                leg.bytesPerSecond() * 8e-6,
                leg.roundTripNanos() * 1e-6,
                leg.sentBytes(),
                leg.receivedBytes());
    }

    private String close() throws InterruptedException {
        if (listener != null) {
            listener.close().sync();
            listener = null;
        }
        if (ingress != null) {
            ingress.close();
            ingress = null;
        }
        return "closed";
    }
}
