package io.foreshard.forecast.decomposition;

import org.jspecify.annotations.Nullable;

/** What R's stl takes besides series and period; 0 stands for R's default, which depends on both. */
record StlSettings(
        int seasonalWindow,
        boolean periodic,
        int seasonalDegree,
        int seasonalJump,
        int trendWindow,
        int trendDegree,
        int trendJump,
        int lowPassWindow,
        int lowPassDegree,
        int lowPassJump,
        int inner,
        int outer) {

    /** A pass over a series of the given length. */
    StlPass pass(int period, int count, double @Nullable [] presence) {
        return new StlPass(
                period, seasonLoess(count), trendLoess(period, count), lowPassLoess(period), count, presence);
    }

    private int windowOfSeason(int count) {
        // A window far longer than the series weighs all cycles alike.
        return periodic ? 10 * count + 1 : seasonalWindow;
    }

    private Loess seasonLoess(int count) {
        int window = windowOfSeason(count);
        return new Loess(window, periodic ? 0 : seasonalDegree, jump(seasonalJump, window));
    }

    private Loess trendLoess(int period, int count) {
        int window = trendWindow > 0 ? trendWindow : defaultTrendWindow(period, windowOfSeason(count));
        return new Loess(window, trendDegree, jump(trendJump, window));
    }

    private static int defaultTrendWindow(int period, int seasonalWindow) {
        return (int) Math.ceil(1.5 * period / (1 - 1.5 / seasonalWindow)) | 1;
    }

    private Loess lowPassLoess(int period) {
        int window = lowPassWindow > 0 ? lowPassWindow : period | 1;
        return new Loess(window, lowPassDegree, jump(lowPassJump, window));
    }

    private static int jump(int given, int window) {
        return given > 0 ? given : (window + 9) / 10;
    }

    /** Replaces each value of a season by the mean of its phase. */
    static void averagePhases(double[] season, int period) {
        for (int phase = 0; phase < period; phase++) {
            double sum = 0;
            int length = 0;
            for (int i = phase; i < season.length; i += period) {
                sum += season[i];
                length++;
            }
            for (int i = phase; i < season.length; i += period) {
                season[i] = sum / length;
            }
        }
    }
}
