package io.foreshard.jmh.addresses;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How many allocations a second are acknowledged after they are forced to the disk, with so many in flight, by the journal with its
 * defaults; snapshots are written meanwhile, and all is read back and counted afterwards. Beside it a loop that forces each record, on the
 * same disk in the same run; etcd is quoted. Medians of the rounds.
 */
public final class DurableContest implements Contest {

    private static final String NAME = "durable";
    private static final Target RATE = Target.atLeast(50_000);
    private static final Target MILLIS = Target.atMost(20);
    private static final int IN_FLIGHT = 1000;
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final int SECONDS = 10;
    private static final int QUICK_SECONDS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Makes the contest. */
    public DurableContest() {}

    private record Result(double rate, double medianMillis, double p99Millis) {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        List<Result> ours = new ArrayList<>();
        List<Result> naive = new ArrayList<>();
        Peer quoted = Peer.skipped("etcd-3.4-one-node", "quoted 258 to 846 per s");
        try {
            for (int round = 0; round < (settings.quick() ? QUICK_ROUNDS : ROUNDS); round++) {
                naive.add(run(settings, "naive"));
                ours.add(run(settings, "journal"));
            }
        } catch (ContestantException e) {
            settings.say(NAME + ": " + e.reason());
            Peer why = Peer.skipped("foreshard", e.reason());
            figures.accept(Figure.open(NAME, "1/s", RATE, why, quoted));
            figures.accept(Figure.open(NAME + "/p99", "ms", MILLIS, why));
            return;
        }
        figures.accept(new Figure(
                NAME,
                median(ours, Result::rate),
                "1/s",
                RATE,
                List.of(
                        Peer.of(
                                "worst-round",
                                ours.stream().mapToDouble(Result::rate).min().orElse(Double.NaN)),
                        Peer.of("force-each-record", median(naive, Result::rate)),
                        quoted)));
        figures.accept(new Figure(
                NAME + "/p99",
                median(ours, Result::p99Millis),
                "ms",
                MILLIS,
                List.of(
                        Peer.of(
                                "worst-round",
                                ours.stream()
                                        .mapToDouble(Result::p99Millis)
                                        .max()
                                        .orElse(Double.NaN)),
                        Peer.of("median-of-all", median(ours, Result::medianMillis)),
                        Peer.of("force-each-record", median(naive, Result::p99Millis)))));
    }

    private static Result run(ComparisonSettings settings, String who)
            throws IOException, ContestantException, InterruptedException {
        Path folder = Files.createTempDirectory(settings.work(), NAME);
        Path result = folder.resolve("result");
        int seconds = settings.quick() ? QUICK_SECONDS : SECONDS;
        try {
            Contestant.java(DurableRun.class).run(LIMIT, who, folder.resolve("store"), seconds, IN_FLIGHT, result);
            String[] values = Files.readString(result).split(" ", -1);
            Result read = new Result(
                    Double.parseDouble(values[0]), Double.parseDouble(values[1]), Double.parseDouble(values[2]));
            settings.say(String.format(
                    "%s: %s %.0f/s, median %.2f ms, p99 %.2f ms",
                    NAME, who, read.rate, read.medianMillis, read.p99Millis));
            return read;
        } finally {
            Folders.delete(folder);
        }
    }

    private static double median(List<Result> results, ToDoubleFunction<Result> value) {
        double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
