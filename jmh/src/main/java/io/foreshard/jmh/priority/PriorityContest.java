package io.foreshard.jmh.priority;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.UdpRelay;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long urgent messages of 1 KiB take beside bulk in the same session, with traffic classes over without, through one bottleneck of
 * 50 Mbit/s and 20 ms. Open loop: urgent messages come by a Poisson process, 50 a second, and are timed from when they were meant to
 * start to when they are delivered. Nothing is marked, so the bottleneck treats all alike.
 */
public final class PriorityContest implements Contest {

    private static final Impairment BOTTLENECK = Impairment.builder()
            .rateBytesPerSecond(6_250_000)
            .delay(Duration.ofMillis(10))
            .queueBytes(125_000)
            .build();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Makes the contest. */
    public PriorityContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        PriorityLength length = settings.quick() ? PriorityLength.QUICK : PriorityLength.FULL;
        Map<Integer, Map<PriorityVariant, PriorityTally>> tallies = new TreeMap<>();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            for (int round = 0; round < length.rounds(); round++) {
                for (int backlog : length.backlogs()) {
                    run(settings, length, group, round, backlog, tallies.computeIfAbsent(backlog, key -> tallies()));
                }
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
        PriorityFigures.of(tallies).forEach(figures);
    }

    private static Map<PriorityVariant, PriorityTally> tallies() {
        Map<PriorityVariant, PriorityTally> tallies = new EnumMap<>(PriorityVariant.class);
        for (PriorityVariant variant : PriorityVariant.values()) {
            tallies.put(variant, new PriorityTally());
        }
        return tallies;
    }

    private static void run(
            ComparisonSettings settings,
            PriorityLength length,
            EventLoopGroup group,
            int round,
            int backlog,
            Map<PriorityVariant, PriorityTally> tallies)
            throws IOException, InterruptedException {
        Path rows = settings.work().resolve("priority.txt");
        for (Map.Entry<PriorityVariant, PriorityTally> entry : tallies.entrySet()) {
            PriorityVariant variant = entry.getKey();
            String title =
                    "priority: " + PriorityFigures.caseName(backlog) + " round " + (round + 1) + " " + variant.label();
            InetSocketAddress receiver = freePort();
            try (UdpRelay relay = relay(group, receiver, settings.seed() + round)) {
                int relayPort = relay.address().getPort();
                PriorityTask task = new PriorityTask(
                        rows,
                        variant,
                        receiver.getPort(),
                        relayPort,
                        backlog,
                        length.counted(),
                        settings.seed() + round);
                Contestant.java(PriorityContestant.class).run(LIMIT, task.arguments());
                PriorityResult result = PriorityResult.read(rows);
                entry.getValue().add(result);
                settings.say(title + ": " + result.text());
            } catch (ContestantException e) {
                entry.getValue().skip(e.reason());
                settings.say(title + ": " + e.reason());
            }
        }
    }

    private static UdpRelay relay(EventLoopGroup group, InetSocketAddress target, long seed) {
        return UdpRelay.builder(group, target)
                .toTarget(BOTTLENECK)
                .toClients(BOTTLENECK)
                .seeds(2 * seed, 2 * seed + 1)
                .start();
    }

    private static InetSocketAddress freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }
}
