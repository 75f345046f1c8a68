package io.foreshard.jmh.prediction;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.fairness.FairnessContest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.lossy.GenieContest;
import io.foreshard.jmh.lossy.LossyPeersContest;
import io.foreshard.jmh.priority.PriorityContest;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The comparison of the packet path. */
public final class PredictionComparison {

    private static final List<Contest> CONTESTS =
            List.of(new GenieContest(), new LossyPeersContest(), new PriorityContest(), new FairnessContest());

    private PredictionComparison() {}

    /**
     * Runs every contest, one after the other.
     *
     * @param settings how long and on what
     * @param figures receives each figure as soon as it is known
     * @throws IOException if files of the run cannot be read or written
     */
    public static void run(ComparisonSettings settings, Consumer<Figure> figures)
            throws IOException, InterruptedException {
        for (Contest contest : CONTESTS) {
            contest.run(settings, figures);
        }
    }
}
