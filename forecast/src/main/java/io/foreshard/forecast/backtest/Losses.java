package io.foreshard.forecast.backtest;

import io.foreshard.forecast.score.DieboldMariano;
import java.util.List;

/** Losses over all series. Origins are counted from the last one, which all series have. */
final class Losses {

    /** Stands for the mean over all steps of a forecast. */
    static final int ALL_STEPS = -1;

    private Losses() {}

    static double[] byStep(List<TrackScores> tracks, int horizonSteps) {
        double[] byStep = new double[horizonSteps];
        for (int step = 0; step < horizonSteps; step++) {
            Mean overSeries = new Mean();
            for (TrackScores track : tracks) {
                overSeries.add(ofStep(track, step));
            }
            byStep[step] = overSeries.value();
        }
        return byStep;
    }

    private static double ofStep(TrackScores track, int step) {
        Mean overOrigins = new Mean();
        for (int slot = 0; slot < track.track().origins().count(); slot++) {
            overOrigins.add(track.loss(slot, step));
        }
        return overOrigins.value();
    }

    static DieboldMariano test(List<TrackScores> first, List<TrackScores> second, int step, BacktestSettings settings) {
        int longest = first.stream()
                .mapToInt(track -> track.track().origins().count())
                .max()
                .orElse(0);
        double[] differences = new double[longest];
        for (int fromLast = 0; fromLast < longest; fromLast++) {
            Mean overSeries = new Mean();
            for (int i = 0; i < first.size(); i++) {
                overSeries.add(ofOrigin(first.get(i), fromLast, step) - ofOrigin(second.get(i), fromLast, step));
            }
            differences[longest - 1 - fromLast] = overSeries.value();
        }
        int reach = step == ALL_STEPS ? settings.horizonSteps() : step + 1;
        int overlap = 1 + (reach - 1) / settings.spacingSteps();
        return DieboldMariano.ofDifferences(differences, overlap);
    }

    private static double ofOrigin(TrackScores track, int fromLast, int step) {
        int slot = track.track().origins().count() - 1 - fromLast;
        if (slot < 0) {
            return Double.NaN;
        }
        return step == ALL_STEPS ? track.loss(slot) : track.loss(slot, step);
    }

    /** Of the numbers that are there; NaN of none. */
    static final class Mean {

        private double sum;
        private int count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }

        double value() {
            return sum / count;
        }
    }
}
