package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.PeerScripts;
import io.foreshard.jmh.series.RecordedData;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Eight rolling origins in the second half of nine series, learnt anew at each. One round, as nothing is timed. */
final class NetworkContest implements Contest {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int QUICK_STRIDE = 2;
    private static final int R_PROCESSES = 2;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        if (!Contender.AUTOMATIC.isPresent()) {
            NetworkFigures.open(Peer.skipped("foreshard", "no such forecaster")).forEach(figures);
            return;
        }
        RecordedData data = new RecordedData(settings.data());
        if (!data.isPresent()) {
            NetworkFigures.open(Peer.skipped("foreshard", "no data in " + settings.data()))
                    .forEach(figures);
            return;
        }
        Path folder = SeriesFolder.write(settings.work().resolve("coarse"), data.coarse());
        try {
            measure(settings, folder, windows(settings)).forEach(figures);
        } catch (ContestantException e) {
            NetworkFigures.open(Peer.skipped("foreshard", e.reason())).forEach(figures);
        }
    }

    /** A quick run takes every other window, from early to late; the seed says which ones. */
    private static List<Integer> windows(ComparisonSettings settings) {
        int stride = settings.quick() ? QUICK_STRIDE : 1;
        int first = settings.quick() ? Math.floorMod(settings.seed(), QUICK_STRIDE) : 0;
        return IntStream.iterate(first, index -> index < NetworkWindow.COUNT, index -> index + stride)
                .boxed()
                .toList();
    }

    private static String text(List<Integer> windows) {
        return windows.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Figure> measure(ComparisonSettings settings, Path folder, List<Integer> windows)
            throws IOException, ContestantException, InterruptedException {
        settings.say("rolling origins: " + Contender.AUTOMATIC.name());
        Path ours = settings.work().resolve("network-ours.csv");
        Contestant.java(NetworkContestant.class).run(LIMIT, folder, ours, Contender.AUTOMATIC.name(), text(windows));
        List<NetworkScore> own = Rows.read(ours, NetworkScore::parse);
        settings.say("rolling origins: eight methods in R");
        try {
            return new NetworkFigures(Contender.AUTOMATIC, own, r(settings, folder, windows), Peer.of("r", 0)).all();
        } catch (ContestantException e) {
            return new NetworkFigures(Contender.AUTOMATIC, own, List.of(), Peer.skipped("r", e.reason())).all();
        }
    }

    /** R fits one series at a time: the windows are shared out among processes, as nothing is timed here. */
    private static List<NetworkScore> r(ComparisonSettings settings, Path folder, List<Integer> windows)
            throws IOException, ContestantException, InterruptedException {
        Contestant r = new PeerScripts(settings.work()).r("network_baselines.R");
        List<FutureTask<List<NetworkScore>>> parts = new ArrayList<>();
        for (int part = 0; part < R_PROCESSES; part++) {
            int first = part;
            List<Integer> share = IntStream.range(0, windows.size())
                    .filter(index -> index % R_PROCESSES == first)
                    .mapToObj(windows::get)
                    .toList();
            Path rows = settings.work().resolve("network-r-" + part + ".csv");
            FutureTask<List<NetworkScore>> task = new FutureTask<>(() -> r(r, folder, rows, share));
            new Thread(task, "r-" + part).start();
            parts.add(task);
        }
        return joined(parts);
    }

    private static List<NetworkScore> r(Contestant r, Path folder, Path rows, List<Integer> windows)
            throws IOException, ContestantException, InterruptedException {
        if (windows.isEmpty()) {
            return List.of();
        }
        Path means = rows.resolveSibling("means-" + rows.getFileName());
        r.run(LIMIT, folder, rows, means, "--half", "second", "--windows", text(windows));
        return Rows.read(rows, NetworkScore::parse);
    }

    private static List<NetworkScore> joined(List<FutureTask<List<NetworkScore>>> parts)
            throws IOException, ContestantException, InterruptedException {
        List<NetworkScore> all = new ArrayList<>();
        for (FutureTask<List<NetworkScore>> part : parts) {
            try {
                all.addAll(part.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ContestantException reason) {
                    throw reason;
                }
                throw new IOException(e.getCause());
            }
        }
        return all;
    }
}
