package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.shaper.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a transfer over three relays notices of what happens to one of them. */
public final class FailoverContest implements Contest {

    static final int MEGABITS = 40;

    private static final int RELAYS = 3;
    private static final int ROUNDS = 5;
    private static final Set<Fault> SILENT = EnumSet.of(Fault.FROZEN, Fault.BLACK_HOLED);
    private static final Set<Fault> TOLD = EnumSet.of(Fault.KILLED, Fault.RESET);
    private static final Target SILENT_TARGET = Target.atMost(250);
    private static final Target TOLD_TARGET = Target.atMost(20);
    private static final long CUT_AFTER_MILLIS = 800;
    private static final long WATCHED_MILLIS = 2_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Makes the contest. */
    public FailoverContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        List<FailoverTrial> trials = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            trials.add(new FailoverTrial(fault, true));
            trials.add(new FailoverTrial(fault, false));
        }
        Rounds multipath = new Rounds();
        String multipathMissing = "not-run";
        try (Stand stand =
                Stand.start(settings.work(), Collections.nCopies(RELAYS, MEGABITS), Collections.nCopies(RELAYS, 0))) {
            FailoverTrial.warmUp(settings, stand);
            for (int round = 1; round <= (settings.quick() ? 1 : ROUNDS); round++) {
                for (FailoverTrial trial : trials) {
                    trial.run(settings, stand, round);
                }
                multipathMissing = runMultipath(settings, stand, multipath);
            }
        } catch (ContestantException e) {
            trials.forEach(trial -> trial.failed(e));
        }
        tell(trials, peers(multipath, multipathMissing), figures);
    }

    /** Cuts one of its paths; it is not told of anything less. Returns why it could not run, or nothing. */
    private static String runMultipath(ComparisonSettings settings, Stand stand, Rounds gaps)
            throws IOException, InterruptedException {
        try {
            Stand.Ends ends = stand.peers();
            ends.begin(true, settings.seed(), 1L << 40);
            Thread.sleep(CUT_AFTER_MILLIS);
            long cut = System.nanoTime();
            stand.paths.cut(RELAYS - 1);
            Thread.sleep(WATCHED_MILLIS);
            Goodput seen = Goodput.look(ends.client(), cut, cut + WATCHED_MILLIS * NANOS_PER_MILLI);
            gaps.add(seen.gapNanos() * 1e-6);
            settings.say(String.format("failover: mptcp, a link down: longest gap %.0f ms", seen.gapNanos() * 1e-6));
            ends.client().ask("stop");
            stand.paths.mend(RELAYS - 1);
            return "";
        } catch (ContestantException e) {
            return e.reason();
        }
    }

    private static List<Peer> peers(Rounds multipath, String missing) {
        return missing.isEmpty()
                ? multipath.peers("mptcp-link-down-gap-ms")
                : List.of(Peer.skipped("mptcp-link-down-gap-ms", missing));
    }

    private static void tell(List<FailoverTrial> trials, List<Peer> peers, Consumer<Figure> figures) {
        WorstFirst.of("failover.loss", trials.stream().map(FailoverTrial::loss)).forEach(figures);
        WorstFirst.of(
                        "failover.silent",
                        trials.stream()
                                .filter(trial -> SILENT.contains(trial.fault))
                                .map(trial -> trial.silent("failover.silent", SILENT_TARGET, peers)))
                .forEach(figures);
        WorstFirst.of(
                        "failover.rst",
                        trials.stream()
                                .filter(trial -> TOLD.contains(trial.fault))
                                .map(trial -> trial.told("failover.rst", TOLD_TARGET, peers)))
                .forEach(figures);
    }
}
