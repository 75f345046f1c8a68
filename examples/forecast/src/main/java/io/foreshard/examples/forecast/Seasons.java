package io.foreshard.examples.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The seasons that clock and calendar suggest. */
final class Seasons {

    private Seasons() {}

    /** A day and a week in steps, each when it is a whole number of at least two and the series holds three of it. */
    static List<Integer> byCalendar(Duration step, int length) {
        List<Integer> periods = new ArrayList<>();
        for (Duration season : new Duration[] {Duration.ofDays(1), Duration.ofDays(7)}) {
            long steps = season.toNanos() / step.toNanos();
            boolean whole = season.toNanos() % step.toNanos() == 0;
            if (whole && steps >= 2 && 3 * steps <= length) {
                periods.add((int) steps);
            }
        }
        return periods;
    }
}
