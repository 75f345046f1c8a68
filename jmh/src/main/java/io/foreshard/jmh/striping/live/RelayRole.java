package io.foreshard.jmh.striping.live;

import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.TcpRelay;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A relay with its defaults, on one event loop; behind a relay that delays, if asked for, as the kernel has no way to. */
final class RelayRole {

    private static final int HEADING_LINES = 2;

    private RelayRole() {}

    /**
     * Runs the program.
     *
     * @param arguments the port; the port of the delaying relay; its delay each way in milliseconds, 0 for none
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Relay relay = Relay.builder(group, new RouteKey(Keys.relaySecret()))
                .localAddress(new InetSocketAddress(port))
                .start()
                .sync()
                .getNow();
        long delayMillis = Long.parseLong(arguments[2]);
        if (delayMillis > 0) {
            delay(Integer.parseInt(arguments[1]), port, Duration.ofMillis(delayMillis));
        }
        Console.serve((name, rest) -> switch (name) {
            case "ready" -> "yes";
            case "counters" -> relay.counters().toString();
            case "carried" -> Long.toString(carriedBytes());
            default -> throw new IllegalArgumentException(name);
        });
    }

    /** Returns what came to all devices of this namespace, whoever sent it. */
    private static long carriedBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/net/dev"))) {
            return lines.skip(HEADING_LINES)
                    .mapToLong(line -> Long.parseLong(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)[0]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delay(int port, int relayPort, Duration delay) {
        Impairment way = Impairment.builder().delay(delay).build();
        TcpRelay.builder(
                        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), relayPort))
                .bindAddress(new InetSocketAddress(port))
                .toTarget(way)
                .toClients(way)
                .start();
    }
}
