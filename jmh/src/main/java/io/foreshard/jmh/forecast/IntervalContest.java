package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Online intervals: coverage, worst window and interval score beside six published methods. One round, as nothing is timed. */
final class IntervalContest implements Contest {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int QUICK_SERIES = 4;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        if (!Contender.AUTOMATIC.isPresent()) {
            IntervalFigures.open(Peer.skipped("foreshard", "no such forecaster"))
                    .forEach(figures);
            return;
        }
        RecordedData data = new RecordedData(settings.data());
        if (!data.isPresent()) {
            IntervalFigures.open(Peer.skipped("foreshard", "no data in " + settings.data()))
                    .forEach(figures);
            return;
        }
        List<NamedSeries> series = data.fine(IntervalContestant.FAR);
        List<NamedSeries> wanted = settings.quick() ? Sample.of(series, QUICK_SERIES, settings.seed()) : series;
        Path folder = SeriesFolder.write(settings.work().resolve("fine"), wanted);
        try {
            measure(settings, folder).forEach(figures);
        } catch (ContestantException e) {
            IntervalFigures.open(Peer.skipped("foreshard", e.reason())).forEach(figures);
        }
    }

    private static List<Figure> measure(ComparisonSettings settings, Path folder)
            throws IOException, ContestantException, InterruptedException {
        List<IntervalScore> ours = new ArrayList<>();
        ours.addAll(ours(Contender.AUTOMATIC, settings, folder));
        if (Contender.ONLINE.isPresent()) {
            ours.addAll(ours(Contender.ONLINE, settings, folder));
        }
        List<Peer> missing = new ArrayList<>();
        IntervalFigures found = new IntervalFigures(ours, peers(settings, folder, missing), missing);
        List<Figure> figures = new ArrayList<>(found.all(Contender.AUTOMATIC));
        if (Contender.ONLINE.isPresent()) {
            figures.addAll(found.extra(Contender.ONLINE));
        }
        return figures;
    }

    private static List<IntervalScore> ours(Contender contender, ComparisonSettings settings, Path folder)
            throws IOException, ContestantException, InterruptedException {
        settings.say("intervals: " + contender.name());
        Path rows = settings.work().resolve("intervals-" + contender.name() + ".csv");
        Contestant.java(IntervalContestant.class).run(LIMIT, folder, rows, contender.name());
        return Rows.read(rows, IntervalScore::parse);
    }

    private static List<IntervalScore> peers(ComparisonSettings settings, Path folder, List<Peer> missing)
            throws IOException, InterruptedException {
        settings.say("intervals: six methods in Python");
        Path rows = settings.work().resolve("intervals-peers.csv");
        try {
            new PeerScripts(settings.work())
                    .python("conformal_online.py", "numpy")
                    .run(LIMIT, folder, rows);
            return Rows.read(rows, IntervalScore::parse);
        } catch (ContestantException e) {
            missing.add(Peer.skipped("python", e.reason()));
            return List.of();
        }
    }
}
