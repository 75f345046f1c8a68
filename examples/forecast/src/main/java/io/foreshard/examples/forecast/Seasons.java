package io.foreshard.examples.forecast;

import io.foreshard.forecast.score.NaiveScale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The seasons of clock and calendar that a series has: traffic goes by the day and the week. */
final class Seasons {

    private static final double CLEARLY = 0.9;

    private Seasons() {}

    /**
     * A day and a week in steps. A season counts when the series holds three of it and samples one season apart differ clearly less
     * than samples half a season apart.
     */
    static List<Integer> of(double[] samples, Duration step) {
        List<Integer> periods = new ArrayList<>();
        int shorter = 1;
        for (Duration season : new Duration[] {Duration.ofDays(1), Duration.ofDays(7)}) {
            long steps = season.toNanos() / step.toNanos();
            boolean whole = season.toNanos() % step.toNanos() == 0;
            if (whole && steps >= 2 && 3 * steps <= samples.length && repeats(samples, (int) steps, shorter)) {
                shorter = (int) steps;
                periods.add(shorter);
            }
        }
        return periods;
    }

    /** Half a season is taken in whole shorter seasons, so that a day does not pass for a week. */
    private static boolean repeats(double[] samples, int period, int shorter) {
        int half = Math.max(1, period / 2 / shorter) * shorter;
        return NaiveScale.meanAbsolute(samples, period) < CLEARLY * NaiveScale.meanAbsolute(samples, half);
    }
}
