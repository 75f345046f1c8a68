package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one transfer gets of N relays of the same rate, beside kernel MPTCP over as many paths and ours over one relay. */
public final class SumContest implements Contest {

    private static final String NAME = "striping-sum";
    private static final int MEGABITS = 40;
    private static final int MOST = 8;
    private static final int ROUNDS = 5;
    private static final Target TARGET = Target.atLeast(0.9);

    /** Makes the contest. */
    public SumContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        List<Trial> trials = Stream.concat(
                        Stream.of(2, 3, 4, 8).map(count -> trial(count, true)), Stream.of(trial(2, false)))
                .toList();
        try (Stand stand =
                Stand.start(settings.work(), Collections.nCopies(MOST, MEGABITS), Collections.nCopies(MOST, 0))) {
            for (int round = 1; round <= (settings.quick() ? 1 : ROUNDS); round++) {
                trials.get(0).runSingle(settings, stand, round);
                for (Trial trial : trials) {
                    trial.runOurs(settings, stand, round);
                    trial.runMultipath(settings, stand, round);
                }
            }
        } catch (ContestantException e) {
            trials.forEach(trial -> trial.failed(e));
        }
        tell(trials, figures);
    }

    private static Trial trial(int count, boolean download) {
        String name = NAME + "/" + count + (download ? "-relays-down" : "-relays-up");
        return new Trial(
                new Trial.Case(name, IntStream.range(0, count).boxed().toList(), count * MEGABITS, download, true));
    }

    /** Less is worse here. */
    private static void tell(List<Trial> trials, Consumer<Figure> figures) {
        List<Figure> cases = trials.stream()
                .map(trial -> trial.ofSum(TARGET, trials.get(0)))
                .sorted(Comparator.comparingDouble(figure -> Double.isNaN(figure.value()) ? -1 : figure.value()))
                .toList();
        Figure worst = cases.get(0);
        figures.accept(new Figure(NAME, worst.value(), worst.unit(), worst.target(), worst.peers()));
        cases.forEach(figures);
    }
}
