package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The share of a core that a hundred thousand series at 1 Hz take, in five Java machines one after the other. */
final class FleetContest implements Contest {

    private static final String NAME = "fleet";
    private static final Target TARGET = Target.atMost(10);
    private static final int SERIES = 100_000;
    private static final int ROUNDS = 5;
    private static final int SWEEPS = 40;
    private static final int QUICK_SWEEPS = 15;
    /** The fleet has one core, so its Java machine is told so, and then takes the collector for one core. */
    private static final String ONE_CORE = "-XX:ActiveProcessorCount=1";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        if (!Contender.ONLINE.isPresent()) {
            figures.accept(open("no such forecaster"));
            return;
        }
        try {
            figures.accept(measure(settings));
        } catch (ContestantException e) {
            figures.accept(open(e.reason()));
        }
    }

    private static Figure open(String reason) {
        return Figure.open(NAME, "%core", TARGET, Peer.skipped("foreshard", reason));
    }

    private static Figure measure(ComparisonSettings settings)
            throws IOException, ContestantException, InterruptedException {
        List<Double> percents = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        int sweeps = settings.quick() ? QUICK_SWEEPS : SWEEPS;
        Path rows = settings.work().resolve("fleet.csv");
        for (int round = 1; round <= ROUNDS; round++) {
            settings.say("fleet: round " + round + " of " + ROUNDS);
            Contestant.java(FleetContestant.class, ONE_CORE)
                    .run(LIMIT, rows, Contender.ONLINE.name(), SERIES, sweeps, sweeps);
            double[] row = Rows.read(rows, FleetContest::parse).get(0);
            percents.add(100 * row[0]);
            bytes.add(row[1]);
        }
        List<Peer> spread = List.of(
                Peer.of("foreshard-min", Numbers.min(percents)),
                Peer.of("foreshard-max", Numbers.max(percents)),
                Peer.of("bytes-per-series", Numbers.median(bytes)));
        return new Figure(NAME, Numbers.median(percents), "%core", TARGET, spread);
    }

    private static double[] parse(String[] row) {
        return new double[] {Rows.number(row[0]), Rows.number(row[1])};
    }
}
