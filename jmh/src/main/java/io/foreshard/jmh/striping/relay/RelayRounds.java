package io.foreshard.jmh.striping.relay;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.run.Processes;
import io.foreshard.jmh.shaper.Rounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** All relays at once, of which only one at a time has work, in turns. */
final class RelayRounds implements AutoCloseable {

    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_MILLIS = 20;
    private static final double GIGABYTE = 1e9;

    private final ComparisonSettings settings;
    private final Load load = new Load();
    private final Processes processes = new Processes();
    private final Map<Contender, Entry> entries = new EnumMap<>(Contender.class);
    private final Map<Contender, String> missing = new EnumMap<>(Contender.class);

    RelayRounds(ComparisonSettings settings) throws IOException {
        this.settings = settings;
    }

    private record Entry(Process process, int port, Map<Integer, Scores> scores) {}

    private static final class Scores {
        final Rounds cpu = new Rounds();
        final Rounds goodput = new Rounds();
    }

    void run(List<Integer> connectionCounts) throws IOException, InterruptedException {
        for (Contender contender : Contender.values()) {
            start(contender, connectionCounts);
        }
        for (Map.Entry<Contender, Entry> each : Map.copyOf(entries).entrySet()) {
            warmUp(each.getKey(), each.getValue());
        }
        int rounds = settings.quick() ? 3 : 9;
        for (int round = 1; round <= rounds; round++) {
            for (int connections : connectionCounts) {
                for (Contender contender : Contender.values()) {
                    measure(contender, connections, round);
                }
            }
        }
    }

    private void start(Contender contender, List<Integer> connectionCounts) throws IOException, InterruptedException {
        int port = freePort();
        try {
            List<String> command = contender.command(settings.work(), port, load.sinkPort());
            Process process = processes.start(command, settings.work().resolve(contender.label() + ".log"));
            if (!awaitListening(process, port)) {
                missing.put(contender, "does-not-run");
                return;
            }
            Map<Integer, Scores> scores = new TreeMap<>();
            connectionCounts.forEach(count -> scores.put(count, new Scores()));
            entries.put(contender, new Entry(process, port, scores));
        } catch (IOException e) {
            missing.put(contender, "not-installed");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean awaitListening(Process process, int port) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (process.isAlive() && System.nanoTime() < giveUp) {
            try (SocketChannel probe =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                return probe.isConnected();
            } catch (IOException notYet) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
        return false;
    }

    private void warmUp(Contender contender, Entry entry) throws IOException, InterruptedException {
        settings.say("relay: warm up of " + contender.label());
        load.run(entry.process, entry.port, contender.header(load.sinkPort()), 4, warmUpMillis(contender), 0);
    }

    private long warmUpMillis(Contender contender) {
        return contender.isJava() ? (settings.quick() ? 900 : 8_000) : 200;
    }

    private void measure(Contender contender, int connections, int round) throws IOException, InterruptedException {
        Entry entry = entries.get(contender);
        if (entry == null) {
            return;
        }
        Load.Result result = load.run(
                entry.process,
                entry.port,
                contender.header(load.sinkPort()),
                connections,
                settings.quick() ? 60 : 300,
                settings.quick() ? 250 : 2_000);
        double gigabytes = result.bytes() / GIGABYTE;
        Scores scores = entry.scores.getOrDefault(connections, new Scores());
        scores.cpu.add(result.cpuSeconds() / gigabytes);
        scores.goodput.add(gigabytes / result.seconds());
        settings.say(String.format(
                "relay: round %d, %d connections, %s: %.3f CPU s/GB at %.2f GB/s",
                round, connections, contender.label(), result.cpuSeconds() / gigabytes, gigabytes / result.seconds()));
    }

    Peer cpuSecondsPerGigabyte(Contender contender, int connections) {
        return peer(contender, "-cpu-s-per-GB", connections, scores -> scores.cpu);
    }

    Peer gigabytesPerSecond(Contender contender, int connections) {
        return peer(contender, "-GB-per-s", connections, scores -> scores.goodput);
    }

    private Peer peer(Contender contender, String unit, int connections, Function<Scores, Rounds> what) {
        Entry entry = entries.get(contender);
        if (entry == null) {
            return Peer.skipped(contender.label(), missing.getOrDefault(contender, "not-run"));
        }
        return Peer.of(
                contender.label() + unit,
                what.apply(entry.scores.getOrDefault(connections, new Scores())).median());
    }

    @Override
    public void close() {
        processes.close();
        load.close();
    }
}
