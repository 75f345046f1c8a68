package io.foreshard.jmh.forecast;

import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One who chooses a form of exponential smoothing for each series of a folder, round by round. */
final class EtsPeer {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double MILLIS_PER_SECOND = 1e3;

    private final String name;
    private final Contestant contestant;
    private final Path folder;
    private final Path rows;
    private final List<List<Timing>> rounds = new ArrayList<>();

    /** The folder holds the series; the rows are written beside it. */
    EtsPeer(String name, Contestant contestant, Path folder) {
        this.name = name;
        this.contestant = contestant;
        this.folder = folder;
        rows = folder.resolveSibling("ets-" + name + ".csv");
    }

    void round() throws IOException, ContestantException, InterruptedException {
        contestant.run(LIMIT, folder, rows);
        rounds.add(Rows.read(rows, row -> new Timing(row[0], Rows.number(row[1]))));
    }

    /** Returns the mean of the series in milliseconds, one value a round. */
    List<Double> millis(Predicate<String> wantedSeries) {
        return rounds.stream()
                .map(round -> MILLIS_PER_SECOND
                        * Numbers.mean(round.stream()
                                .filter(timing -> wantedSeries.test(timing.series()))
                                .map(Timing::cpuSeconds)
                                .toList()))
                .toList();
    }

    Peer result() {
        return Peer.of(name, Numbers.median(millis(series -> true)));
    }

    /**
     * What one series took.
     *
     * @param series its name
     * @param cpuSeconds processor time
     */
    private record Timing(String series, double cpuSeconds) {}
}
