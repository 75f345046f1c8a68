package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.PeerScripts;
import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.RecordedData;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The processor time of the choice among all forms of exponential smoothing on M4 Hourly, in rounds taken in turn with R's. */
final class EtsContest implements Contest {

    private static final String NAME = "ets-speed";
    private static final Target TARGET = Target.atMost(5);
    private static final int ROUNDS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int QUICK_SERIES = 60;
    private static final int QUICK_R_SERIES = 1;
    private static final int R_SERIES = 6;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        RecordedData data = new RecordedData(settings.data());
        if (!data.isPresent()) {
            figures.accept(open("no data in " + settings.data()));
            return;
        }
        List<NamedSeries> all = data.hourly();
        List<NamedSeries> ours = settings.quick() ? Sample.of(all, QUICK_SERIES, settings.seed()) : all;
        List<NamedSeries> slow = Sample.of(ours, settings.quick() ? QUICK_R_SERIES : R_SERIES, settings.seed());
        try {
            figures.accept(measure(settings, ours, slow));
        } catch (ContestantException e) {
            figures.accept(open(e.reason()));
        }
    }

    private static Figure open(String reason) {
        return Figure.open(NAME, "ms", TARGET, Peer.skipped("foreshard", reason));
    }

    private static Figure measure(ComparisonSettings settings, List<NamedSeries> ours, List<NamedSeries> slow)
            throws IOException, ContestantException, InterruptedException {
        Path folder = SeriesFolder.write(settings.work().resolve("hourly"), ours);
        Path slowFolder = SeriesFolder.write(settings.work().resolve("hourly-r"), slow);
        Set<String> slowNames = slow.stream().map(NamedSeries::name).collect(Collectors.toSet());
        List<Double> own = new ArrayList<>();
        List<Double> ownOnSlow = new ArrayList<>();
        List<Double> r = new ArrayList<>();
        List<Peer> missing = new ArrayList<>();
        Contestant script = script(settings, missing);
        for (int round = 1; round <= ROUNDS; round++) {
            settings.say("exponential smoothing: round " + round + " of " + ROUNDS);
            List<Timing> timings = timings(Contestant.java(EtsContestant.class), settings, folder);
            own.add(millis(timings));
            ownOnSlow.add(millis(timings.stream()
                    .filter(timing -> slowNames.contains(timing.series()))
                    .toList()));
            if (script != null) {
                r.add(millis(timings(script, settings, slowFolder)));
            }
        }
        List<Peer> peers = new ArrayList<>(List.of(
                Peer.of("foreshard-min", Numbers.min(own)),
                Peer.of("foreshard-max", Numbers.max(own)),
                Peer.of("foreshard-same-series", Numbers.median(ownOnSlow))));
        peers.addAll(r.isEmpty() ? missing : List.of(Peer.of("r-ets", Numbers.median(r))));
        return new Figure(NAME, Numbers.median(own), "ms", TARGET, peers);
    }

    private static @Nullable Contestant script(ComparisonSettings settings, List<Peer> missing)
            throws IOException, InterruptedException {
        try {
            return new PeerScripts(settings.work()).r("ets_speed.R");
        } catch (ContestantException e) {
            missing.add(Peer.skipped("r-ets", e.reason()));
            return null;
        }
    }

    private static List<Timing> timings(Contestant contestant, ComparisonSettings settings, Path folder)
            throws IOException, ContestantException, InterruptedException {
        Path rows = settings.work().resolve("ets.csv");
        contestant.run(LIMIT, folder, rows);
        return Rows.read(rows, row -> new Timing(row[0], Rows.number(row[1])));
    }

    private static double millis(List<Timing> timings) {
        return MILLIS_PER_SECOND
                * Numbers.mean(timings.stream().map(Timing::cpuSeconds).toList());
    }

    /**
     * What one series took.
     *
     * @param series its name
     * @param cpuSeconds processor time
     */
    private record Timing(String series, double cpuSeconds) {}
}
