package io.foreshard.jmh.shaper.overload;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a server answers in time that is offered 1.3 times the most that it can do, and does less the more it has in service: with the
 * shaper over without. Arrivals are the same in both and wait for nothing; what the shaper holds back too long or drops is not answered
 * in time, and counts so. Pool, line and deadline are usual ones: see {@link ContendedServer} and {@link RequestClient}.
 */
public final class ServerOverloadContest implements Contest {

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 1;
    private static final long WARM_UP_MILLIS = 4_000;
    private static final long QUICK_MILLIS = 6_000;
    private static final long FULL_MILLIS = 20_000;

    /** Makes the contest. */
    public ServerOverloadContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        OverloadPairs byLoad = new OverloadPairs(Handling.SHAPED_BY_LOAD);
        OverloadPairs byOutcomes = new OverloadPairs(Handling.SHAPED_BY_OUTCOMES);
        for (int round = 0; round < (settings.quick() ? QUICK_ROUNDS : ROUNDS); round++) {
            try {
                OverloadResult unshaped = run(settings, round, Handling.UNSHAPED);
                byLoad.add(run(settings, round, Handling.SHAPED_BY_LOAD), unshaped);
                byOutcomes.add(run(settings, round, Handling.SHAPED_BY_OUTCOMES), unshaped);
            } catch (ContestantException e) {
                byLoad.skip(e.reason());
                byOutcomes.skip(e.reason());
                settings.say(OverloadPairs.NAME + ": " + e.reason());
            }
        }
        List<Figure> cases = new ArrayList<>(List.of(byLoad.figure(), byOutcomes.figure()));
        // What did not run first.
        cases.sort(Comparator.comparingDouble(figure -> Double.isNaN(figure.value()) ? -1 : figure.value()));
        Figure worst = cases.get(0);
        figures.accept(new Figure(OverloadPairs.NAME, worst.value(), worst.unit(), worst.target(), worst.peers()));
        cases.forEach(figures);
    }

    private static OverloadResult run(ComparisonSettings settings, int round, Handling handling)
            throws IOException, ContestantException, InterruptedException {
        OverloadResult result = new OverloadRun(settings.work())
                .run(handling, settings.seed() + round, WARM_UP_MILLIS, settings.quick() ? QUICK_MILLIS : FULL_MILLIS);
        settings.say(OverloadPairs.NAME + ": round " + (round + 1) + " " + handling.label() + ": " + result.words());
        return result;
    }
}
