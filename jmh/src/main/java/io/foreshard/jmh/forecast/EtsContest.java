package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The processor time of the choice among all forms of exponential smoothing on M4 Hourly, in rounds taken in turn with the peers. */
final class EtsContest implements Contest {

    private static final String NAME = "ets-speed";
    private static final Target TARGET = Target.atMost(5);
    private static final int ROUNDS = 5;
    private static final int QUICK_SERIES = 60;
    private static final int R_SERIES = 6;
    private static final int STATSMODELS_SERIES = 2;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        RecordedData data = new RecordedData(settings.data());
        if (!data.isPresent()) {
            figures.accept(open("no data in " + settings.data()));
            return;
        }
        try {
            figures.accept(new Race(settings, data.hourly()).run());
        } catch (ContestantException e) {
            figures.accept(open(e.reason()));
        }
    }

    private static Figure open(String reason) {
        return Figure.open(NAME, "ms", TARGET, Peer.skipped("foreshard", reason));
    }

    /** One run of the contest. The peers are slow, so they get a few of the series that ours gets. */
    private static final class Race {

        private final ComparisonSettings settings;
        private final PeerScripts scripts;
        private final List<NamedSeries> ours;
        private final List<Peer> missing = new ArrayList<>();
        private final List<EtsPeer> peers = new ArrayList<>();

        Race(ComparisonSettings settings, List<NamedSeries> all) {
            this.settings = settings;
            scripts = new PeerScripts(settings.work());
            ours = settings.quick() ? Sample.of(all, QUICK_SERIES, settings.seed()) : all;
        }

        Figure run() throws IOException, ContestantException, InterruptedException {
            EtsPeer own = new EtsPeer("foreshard", Contestant.java(EtsContestant.class), folder("foreshard", ours));
            List<NamedSeries> few = Sample.of(ours, settings.quick() ? 1 : R_SERIES, settings.seed());
            enter("r-ets", () -> scripts.r("ets_speed.R"), few);
            if (settings.quick()) {
                missing.add(Peer.skipped("statsmodels", "quick"));
            } else {
                enter(
                        "statsmodels",
                        () -> scripts.python("ets_statsmodels.py", "statsmodels"),
                        few.subList(0, STATSMODELS_SERIES));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                settings.say("exponential smoothing: round " + round + " of " + ROUNDS);
                own.round();
                for (EtsPeer peer : peers) {
                    peer.round();
                }
            }
            return figure(own, few.stream().map(NamedSeries::name).collect(Collectors.toSet()));
        }

        private Figure figure(EtsPeer own, Set<String> few) {
            List<Double> millis = own.millis(series -> true);
            List<Peer> raw = new ArrayList<>(List.of(
                    Peer.of("foreshard-min", Numbers.min(millis)),
                    Peer.of("foreshard-max", Numbers.max(millis)),
                    Peer.of("foreshard-on-series-of-r", Numbers.median(own.millis(few::contains)))));
            peers.stream().map(EtsPeer::result).forEach(raw::add);
            raw.addAll(missing);
            return new Figure(NAME, Numbers.median(millis), "ms", TARGET, raw);
        }

        private void enter(String name, Script script, List<NamedSeries> series)
                throws IOException, InterruptedException {
            try {
                peers.add(new EtsPeer(name, script.find(), folder(name, series)));
            } catch (ContestantException e) {
                missing.add(Peer.skipped(name, e.reason()));
            }
        }

        private Path folder(String name, List<NamedSeries> series) throws IOException {
            return SeriesFolder.write(settings.work().resolve("hourly-" + name), series);
        }
    }

    /** Finds a peer on this machine. */
    private interface Script {

        Contestant find() throws IOException, ContestantException, InterruptedException;
    }
}
