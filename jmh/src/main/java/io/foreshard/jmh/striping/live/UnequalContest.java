package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What one transfer gets of two relays of which one has ten times the rate of the other, or a tenth of its round trip. */
public final class UnequalContest implements Contest {

    private static final String NAME = "striping-unequal";
    private static final int ROUNDS = 5;
    private static final int SHORT_MILLIS = 5;
    private static final int LONG_MILLIS = 50;
    private static final Target OF_SUM = Target.atLeast(0.85);
    private static final Target OF_SINGLE = Target.atLeast(0.98);

    /** Makes the contest. */
    public UnequalContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        Trial rate = new Trial(new Trial.Case(NAME + "/rate", List.of(0, 1), 110, true, true));
        Trial roundTrip = new Trial(new Trial.Case(NAME + "/rtt", List.of(2, 3), 80, true, false));
        try (Stand stand =
                Stand.start(settings.work(), List.of(100, 10, 40, 40), List.of(0, 0, SHORT_MILLIS, LONG_MILLIS))) {
            for (int round = 1; round <= (settings.quick() ? 1 : ROUNDS); round++) {
                for (Trial trial : List.of(rate, roundTrip)) {
                    trial.runSingle(settings, stand, round);
                    trial.runOurs(settings, stand, round);
                    trial.runMultipath(settings, stand, round);
                }
            }
        } catch (ContestantException e) {
            rate.failed(e);
            roundTrip.failed(e);
        }
        for (Trial trial : List.of(rate, roundTrip)) {
            figures.accept(trial.ofSum(OF_SUM));
            figures.accept(trial.ofBestSingle(OF_SINGLE));
        }
    }
}
