package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.PeerScripts;
import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.RecordedData;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Eight rolling origins in the second half of nine series, learnt anew at each. One round, as nothing is timed. */
final class NetworkContest implements Contest {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int QUICK_SERIES = 5;
    private static final int QUICK_WINDOWS = 2;

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
        List<NamedSeries> series = data.coarse();
        List<NamedSeries> wanted = settings.quick() ? Sample.of(series, QUICK_SERIES, settings.seed()) : series;
        Path folder = SeriesFolder.write(settings.work().resolve("coarse"), wanted);
        try {
            measure(settings, folder, windows(settings)).forEach(figures);
        } catch (ContestantException e) {
            NetworkFigures.open(Peer.skipped("foreshard", e.reason())).forEach(figures);
        }
    }

    private static String windows(ComparisonSettings settings) {
        List<Integer> all = IntStream.range(0, NetworkWindow.COUNT).boxed().toList();
        List<Integer> wanted = settings.quick() ? Sample.of(all, QUICK_WINDOWS, settings.seed()) : all;
        return wanted.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Figure> measure(ComparisonSettings settings, Path folder, String windows)
            throws IOException, ContestantException, InterruptedException {
        settings.say("rolling origins: " + Contender.AUTOMATIC.name());
        Path ours = settings.work().resolve("network-ours.csv");
        Contestant.java(NetworkContestant.class).run(LIMIT, folder, ours, Contender.AUTOMATIC.name(), windows);
        List<NetworkScore> own = Rows.read(ours, NetworkScore::parse);
        settings.say("rolling origins: eight methods in R");
        try {
            return new NetworkFigures(Contender.AUTOMATIC, own, r(settings, folder, windows), Peer.of("r", 0)).all();
        } catch (ContestantException e) {
            return new NetworkFigures(Contender.AUTOMATIC, own, List.of(), Peer.skipped("r", e.reason())).all();
        }
    }

    private static List<NetworkScore> r(ComparisonSettings settings, Path folder, String windows)
            throws IOException, ContestantException, InterruptedException {
        Path rows = settings.work().resolve("network-r.csv");
        Path means = settings.work().resolve("network-r-means.csv");
        new PeerScripts(settings.work())
                .r("network_baselines.R")
                .run(LIMIT, folder, rows, means, "--half", "second", "--windows", windows);
        return Rows.read(rows, NetworkScore::parse);
    }
}
