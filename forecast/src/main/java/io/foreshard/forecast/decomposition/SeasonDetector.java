package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.gaps.SeasonalFill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the periods of a series, up to two, or says that there are none.
 *
 * <p>Candidates are the periods of the calendar and those at which the spectrum stands out. One is accepted when the cycles of the series
 * look more alike than chance would have it, on a level that leaves white noise and random walks without a period in at least 98 of 100
 * cases; periods not of the calendar have to be clearer. A second one has to show once the first is taken off. Periods of which the series
 * does not hold three cycles are not looked for. Deterministic, immutable, safe for any thread.
 */
public final class SeasonDetector {

    private static final int[] USUAL = {7, 12, 24, 48, 52, 60, 96, 144, 168, 288, 336, 672, 1008, 1440, 2016, 10080};
    private static final Duration[] CALENDAR = {
        Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(364)
    };
    private static final int LEAST_CYCLES = 3;
    private static final int LEAST_RATIO = 5;
    private static final double NEARLY = 0.7;
    private static final double WORTH_ANOTHER = 0.05;

    private final int[] usual;

    private SeasonDetector(int... usual) {
        this.usual = usual;
    }

    /** Returns a detector for series of unknown step: it prefers hours, days and weeks of the usual steps, and years of weeks. */
    public static SeasonDetector ofAnyStep() {
        return new SeasonDetector(USUAL);
    }

    /**
     * Returns a detector that prefers minutes, hours, days, weeks and years of 52 weeks.
     *
     * @param step between two samples, positive
     * @return a detector
     * @throws IllegalArgumentException if the step is not positive
     */
    public static SeasonDetector ofStep(Duration step) {
        if (step.isZero() || step.isNegative()) {
            throw new IllegalArgumentException("step: " + step + " (expected: positive)");
        }
        return new SeasonDetector(Arrays.stream(CALENDAR)
                .filter(span -> span.compareTo(step) > 0)
                .filter(span -> step.multipliedBy(span.dividedBy(step)).equals(span))
                .mapToLong(span -> span.dividedBy(step))
                .filter(steps -> steps <= Integer.MAX_VALUE)
                .mapToInt(Math::toIntExact)
                .toArray());
    }

    /**
     * Finds the periods of a series.
     *
     * @param series NaN where a sample is missing; not retained
     * @return none, one or two periods in steps, ascending
     */
    public int[] detect(double[] series) {
        double[] values = prepared(series);
        if (values.length < 2 * LEAST_CYCLES) {
            return new int[0];
        }
        PeriodSearch search = new PeriodSearch(values, usual);
        List<PeriodSearch.Found> accepted = search.accepted();
        if (accepted.isEmpty()) {
            return new int[0];
        }
        PeriodSearch.Found first = first(search, accepted);
        int within = within(accepted, first);
        int second = within == 0 ? beside(values, first, search.season(first.period())) : within;
        if (second == 0) {
            return new int[] {first.period()};
        }
        int shorter = Math.min(first.period(), second);
        int longer = Math.max(first.period(), second);
        // A few times the shorter one: then that is but a wave of the longer.
        boolean wave = longer % shorter == 0 && longer / shorter < LEAST_RATIO;
        return wave ? new int[] {longer} : new int[] {shorter, longer};
    }

    /** The one that explains most, or the shortest of which it is a multiple and that explains nearly as much. */
    private static PeriodSearch.Found first(PeriodSearch search, List<PeriodSearch.Found> accepted) {
        PeriodSearch.Found best = Collections.max(accepted, Comparator.comparingDouble(PeriodSearch.Found::explained));
        for (PeriodSearch.Found found : accepted) {
            boolean nearly = found.explained() >= NEARLY * best.explained();
            if (nearly && search.isMultiple(best.period(), found.period())) {
                return found;
            }
        }
        return best;
    }

    /** The best period several times shorter that explains a part of what the first does, as a day in a week; 0 when there is none. */
    private int within(List<PeriodSearch.Found> accepted, PeriodSearch.Found first) {
        int best = 0;
        double most = 0;
        for (PeriodSearch.Found found : accepted) {
            boolean part = first.period() % found.period() == 0 && first.period() / found.period() >= LEAST_RATIO;
            if (part
                    && found.explained() >= shareWithin(found, first) * first.explained()
                    && found.explained() > most) {
                best = found.period();
                most = found.explained();
            }
        }
        return best;
    }

    /** What a shape without the shorter period has of it when all its waves are alike; half for an unusual one. */
    private double shareWithin(PeriodSearch.Found found, PeriodSearch.Found first) {
        double share = WORTH_ANOTHER + (double) found.period() / first.period();
        return Arrays.binarySearch(usual, found.period()) >= 0 ? share : Math.max(0.5, share);
    }

    /** A period of what is left without the first; 0 when there is none. */
    private int beside(double[] values, PeriodSearch.Found first, double... season) {
        double[] rest = values.clone();
        int offset = values.length % first.period();
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= season[(i - offset + first.period()) % first.period()];
        }
        PeriodSearch search = new PeriodSearch(rest, usual);
        List<PeriodSearch.Found> accepted = new ArrayList<>(search.accepted());
        accepted.removeIf(
                found -> first.period() % found.period() == 0 || found.explained() < WORTH_ANOTHER * first.explained());
        return accepted.isEmpty() ? 0 : first(search, accepted).period();
    }

    /** Complete, and small enough for sums of squares. */
    private static double[] prepared(double[] series) {
        double largest = 0;
        for (double value : series) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        double[] values = new double[series.length];
        for (int i = 0; i < values.length; i++) {
            boolean present = Double.isFinite(series[i]);
            values[i] = present ? Math.scalb(series[i], -Math.getExponent(largest)) : Double.NaN;
        }
        SeasonalFill.fill(values, 1);
        boolean empty = values.length == 0 || Double.isNaN(values[0]);
        return largest > 0 && !empty ? values : new double[0];
    }
}
