package io.foreshard.jmh.shaper.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.shaper.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How exactly packets leave: when, beside a bare timer of the same loop, and how many, beside Netty's traffic handlers. */
public final class LiveContest implements Contest {

    private static final String ERROR = "release-error";
    private static final String RATE = "rate-conformance";
    private static final Target ERROR_TARGET = Target.atMost(20);
    private static final Target RATE_TARGET = Target.atMost(0.005);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MOST_PLAUSIBLE_MICROS = 1e3;
    private static final double MEGABYTE = 1e6;
    private static final List<Integer> MEGABYTES_PER_SECOND = List.of(1, 10, 100);

    /** Makes the contest. */
    public LiveContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        figures.accept(releaseError(settings));
        List<Figure> cases = new ArrayList<>();
        for (int megabytes : MEGABYTES_PER_SECOND) {
            cases.add(rate(settings, megabytes));
        }
        cases.sort(Comparator.comparingDouble(Figure::value).reversed());
        Figure worst = cases.get(0);
        figures.accept(new Figure(RATE, worst.value(), worst.unit(), worst.target(), worst.peers()));
        cases.forEach(figures);
    }

    private static Figure releaseError(ComparisonSettings settings) throws IOException, InterruptedException {
        Rounds excess = new Rounds();
        List<Rounds> columns = Stream.generate(Rounds::new).limit(4).toList();
        int rounds = settings.quick() ? 1 : 5;
        try {
            for (int round = 1; round <= rounds; round++) {
                double[] row = run(settings, ReleaseErrorContestant.class, settings.quick() ? 2_000 : 5_000);
                excess.add((row[1] - row[3]) / NANOS_PER_MICRO);
                for (int column = 0; column < row.length; column++) {
                    columns.get(column).add(row[column] / NANOS_PER_MICRO);
                }
                settings.say(ERROR + ": round " + round + " shaper p99 " + row[1] + " ns, timer p99 " + row[3] + " ns");
            }
        } catch (ContestantException e) {
            return Figure.open(ERROR, "us", ERROR_TARGET, Peer.skipped("foreshard", e.reason()));
        }
        return releaseError(excess, columns);
    }

    /** A bare timer that is late by more than a timer is says that the machine was too busy to tell. */
    static Figure releaseError(Rounds excess, List<Rounds> columns) {
        List<Peer> peers = new ArrayList<>(excess.spread("excess"));
        peers.add(Peer.of("foreshard-p50-us", columns.get(0).median()));
        peers.add(Peer.of("foreshard-p99-us", columns.get(1).median()));
        peers.add(Peer.of("bare-timer-p50-us", columns.get(2).median()));
        peers.add(Peer.of("bare-timer-p99-us", columns.get(3).median()));
        if (columns.get(3).median() > MOST_PLAUSIBLE_MICROS) {
            peers.add(0, Peer.skipped("foreshard", "machine-too-busy-to-tell"));
            return Figure.open(ERROR, "us", ERROR_TARGET, peers.toArray(Peer[]::new));
        }
        return new Figure(ERROR, excess.median(), "us", ERROR_TARGET, peers);
    }

    private static Figure rate(ComparisonSettings settings, int megabytes) throws IOException, InterruptedException {
        String name = RATE + "/" + megabytes + "-MB-per-s";
        List<Peer> peers = new ArrayList<>();
        for (String kind : List.of("channel", "global")) {
            String peer = "netty-" + kind + "-handler";
            try {
                peers.add(Peer.of(peer, worstError(settings, kind, megabytes)));
            } catch (ContestantException e) {
                peers.add(Peer.skipped(peer, e.reason()));
            }
        }
        try {
            return new Figure(name, worstError(settings, "foreshard", megabytes), "ratio", RATE_TARGET, peers);
        } catch (ContestantException e) {
            return Figure.open(name, "ratio", RATE_TARGET, Peer.skipped("foreshard", e.reason()));
        }
    }

    private static double worstError(ComparisonSettings settings, String kind, int megabytes)
            throws IOException, ContestantException, InterruptedException {
        double rate = megabytes * MEGABYTE;
        double[] windows = run(settings, RateContestant.class, kind, rate, settings.quick() ? 2 : 10);
        double worst = DoubleStream.of(windows)
                .map(bytes -> Math.abs(bytes / rate - 1))
                .max()
                .orElse(Double.NaN);
        settings.say(RATE + ": " + kind + " at " + megabytes + " MB/s, worst error " + worst);
        return worst;
    }

    private static double[] run(ComparisonSettings settings, Class<?> main, Object... arguments)
            throws IOException, ContestantException, InterruptedException {
        Path file = settings.work().resolve("live.txt");
        Object[] whole = new Object[arguments.length + 1];
        whole[0] = file;
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        Contestant.java(main).run(LIMIT, whole);
        return Stream.of(Files.readString(file).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
