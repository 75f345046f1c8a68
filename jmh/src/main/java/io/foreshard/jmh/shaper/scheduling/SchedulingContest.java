package io.foreshard.jmh.shaper.scheduling;

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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What it costs to hold a packet: beside the timers of others, from ten thousand to a million flows, and in memory. Each contestant has
 * a Java machine of its own with the same options, and takes its turn in each round.
 */
public final class SchedulingContest implements Contest {

    private static final String THROUGHPUT = "shaper-throughput";
    private static final String SCALE = "shaper-scale";
    private static final String SCALE_BYTES = "shaper-scale/bytes";
    private static final String MEMORY = "shaper-memory";
    private static final Target THROUGHPUT_TARGET = Target.atLeast(3);
    private static final Target SCALE_TARGET = Target.atMost(2);
    private static final Target NO_BYTES = Target.atMost(0);
    private static final Target MEMORY_TARGET = Target.atMost(128);
    /** A table that grows in between would show as a hundredth of this. */
    private static final double WHOLE_BYTES = 0.1;

    private static final int ACTIVE_FLOWS = 100_000;
    private static final int FEW_FLOWS = 10_000;
    private static final int MANY_FLOWS = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** All are at their fastest with the collector that costs a store least, in a heap of large pages. */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseParallelGC", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch", "-Xms2g", "-Xmx2g");
    /** This collector leaves nothing dead behind. */
    private static final List<String> EXACT = List.of("-XX:+UseSerialGC");

    /** Makes the contest. */
    public SchedulingContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        throughput(settings, figures);
        scale(settings, figures);
        memory(settings, figures);
    }

    private static void throughput(ComparisonSettings settings, Consumer<Figure> figures)
            throws IOException, InterruptedException {
        Map<Contender, Rounds> nanos = new EnumMap<>(Contender.class);
        Map<Contender, String> skipped = new EnumMap<>(Contender.class);
        long packets = settings.quick() ? 2_000_000 : 8_000_000;
        for (int round = 1; round <= rounds(settings); round++) {
            for (Contender contender : Contender.values()) {
                try {
                    double[] row = run(settings, SchedulingContestant.class, contender, ACTIVE_FLOWS, packets, packets);
                    nanos.computeIfAbsent(contender, key -> new Rounds()).add(row[0]);
                    settings.say(THROUGHPUT + ": round " + round + " " + contender.label() + " " + row[0]
                            + " ns per packet");
                } catch (ContestantException e) {
                    skipped.put(contender, e.reason());
                }
            }
        }
        figures.accept(throughputFigure(nanos, skipped));
    }

    private static Figure throughputFigure(Map<Contender, Rounds> nanos, Map<Contender, String> skipped) {
        List<Peer> peers = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            Rounds rounds = nanos.get(contender);
            String name = contender.label() + "-ns";
            if (rounds == null) {
                peers.add(Peer.skipped(name, String.valueOf(skipped.get(contender))));
            } else {
                peers.addAll(rounds.peers(name));
            }
        }
        Rounds ours = nanos.get(Contender.FORESHARD);
        double best = Stream.of(Contender.values())
                .filter(contender -> contender.isPeer() && nanos.containsKey(contender))
                .map(nanos::get)
                .map(Rounds::median)
                .min(Comparator.naturalOrder())
                .orElse(Double.NaN);
        double ratio = ours == null ? Double.NaN : best / ours.median();
        return new Figure(THROUGHPUT, ratio, "x", THROUGHPUT_TARGET, peers);
    }

    private static void scale(ComparisonSettings settings, Consumer<Figure> figures)
            throws IOException, InterruptedException {
        Rounds few = new Rounds();
        Rounds many = new Rounds();
        Rounds touch = new Rounds();
        Rounds touches = new Rounds();
        double bytes = 0;
        try {
            for (int round = 1; round <= rounds(settings); round++) {
                double[] row = run(
                        settings,
                        ScaleContestant.class,
                        FEW_FLOWS,
                        MANY_FLOWS,
                        settings.quick() ? 3_000_000L : 8_000_000L);
                few.add(row[0]);
                many.add(row[1]);
                touch.add(row[2]);
                touches.add((row[1] - row[0]) / row[2]);
                bytes = Math.max(bytes, row[3]);
                settings.say(SCALE + ": round " + round + " " + row[0] + " ns, " + row[1] + " ns, touch " + row[2]);
            }
        } catch (ContestantException e) {
            figures.accept(Figure.open(SCALE, "touches", SCALE_TARGET, Peer.skipped("foreshard", e.reason())));
            return;
        }
        List<Peer> peers = new ArrayList<>(touches.spread("foreshard"));
        peers.addAll(few.peers("10k-flows-ns"));
        peers.addAll(many.peers("1m-flows-ns"));
        peers.addAll(touch.peers("touch-ns"));
        figures.accept(new Figure(SCALE, touches.median(), "touches", SCALE_TARGET, peers));
        figures.accept(new Figure(
                SCALE_BYTES,
                bytes < WHOLE_BYTES ? 0 : bytes,
                "B/packet",
                NO_BYTES,
                List.of(Peer.of("as-counted", bytes))));
    }

    private static void memory(ComparisonSettings settings, Consumer<Figure> figures)
            throws IOException, InterruptedException {
        try {
            double[] row = runWith(EXACT, settings, MemoryContestant.class, MANY_FLOWS);
            figures.accept(new Figure(
                    MEMORY,
                    row[0],
                    "B/flow",
                    MEMORY_TARGET,
                    List.of(
                            Peer.of("with-a-packet-each", row[1]),
                            Peer.of("of-which-the-packet", row[1] - row[0]),
                            Peer.of("linux-fq", 104))));
        } catch (ContestantException e) {
            figures.accept(Figure.open(MEMORY, "B/flow", MEMORY_TARGET, Peer.skipped("foreshard", e.reason())));
        }
    }

    private static int rounds(ComparisonSettings settings) {
        return settings.quick() ? 1 : 5;
    }

    private static double[] run(ComparisonSettings settings, Class<?> main, Object... arguments)
            throws IOException, ContestantException, InterruptedException {
        return runWith(OPTIONS, settings, main, arguments);
    }

    private static double[] runWith(
            List<String> options, ComparisonSettings settings, Class<?> main, Object... arguments)
            throws IOException, ContestantException, InterruptedException {
        Path file = settings.work().resolve("scheduling.txt");
        Object[] whole = new Object[arguments.length + 1];
        whole[0] = file;
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        Contestant.java(main, options.toArray(String[]::new)).run(LIMIT, whole);
        return Stream.of(Files.readString(file).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
