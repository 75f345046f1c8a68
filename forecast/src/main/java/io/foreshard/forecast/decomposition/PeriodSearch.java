package io.foreshard.forecast.decomposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tries the periods of the calendar and those that stand out in the spectrum of a complete series. */
final class PeriodSearch {

    private static final int LEAST_CYCLES = 3;
    private static final int PEAKS = 5;
    private static final int LAGS = 6;
    private static final int STEPS_OF_REFINEMENT = 3;
    private static final double USUAL_LEVEL = 2e-2;
    private static final double FREE_LEVEL = 1e-2;
    private static final double PROMISING = 1e-2;
    private static final double MUCH_MORE = 1.25;

    private final double[] values;
    private final int[] usual;
    private final Map<Integer, Double> explained = new HashMap<>();

    /**
     * Tries nothing yet.
     *
     * @param usual the periods of the calendar, ascending
     */
    PeriodSearch(double[] values, int... usual) {
        this.values = values;
        this.usual = Arrays.stream(usual).filter(this::isLongEnoughFor).toArray();
    }

    /** A period and the variance that it explains. */
    record Found(int period, double explained) {}

    /** The mean of each phase of a period; the newest sample has the last phase. */
    double[] season(int period) {
        return new PhaseFold(values, period, true).season();
    }

    /** The accepted periods, ascending; none when nothing is periodic. */
    List<Found> accepted() {
        List<Found> accepted = new ArrayList<>();
        for (int period : candidates()) {
            if (unlikelihood(period) < level(period) && isPeak(period)) {
                accepted.add(new Found(period, explained(period)));
            }
        }
        accepted.removeIf(found -> !isUsual(found.period()) && hasUsualNeighbour(found.period(), accepted));
        return accepted;
    }

    /** Whether the longer period is twice, three times, … the shorter one, as far as the series can tell. */
    boolean isMultiple(int longer, int shorter) {
        long times = Math.round((double) longer / shorter);
        return times >= 2 && Math.abs(longer - times * shorter) <= resolution(longer);
    }

    private boolean hasUsualNeighbour(int period, List<Found> accepted) {
        return accepted.stream()
                .mapToInt(Found::period)
                .anyMatch(other -> isUsual(other) && Math.abs(other - period) <= resolution(period));
    }

    private Set<Integer> candidates() {
        Set<Integer> candidates = new TreeSet<>();
        for (int period : usual) {
            candidates.add(period);
        }
        for (double period : SpectralPeaks.periods(values, PEAKS)) {
            int rounded = (int) Math.round(period);
            if (isLongEnoughFor(rounded) && unlikelihood(rounded) < PROMISING) {
                candidates.add(refined(period));
            }
        }
        for (int lag : SpectralPeaks.lags(values, values.length / LEAST_CYCLES, LAGS)) {
            candidates.add(lag);
        }
        return candidates;
    }

    /** The whole period near a peak of the spectrum that explains most. */
    private int refined(double period) {
        double reach = period * period / (2.0 * values.length);
        int best = (int) Math.round(period);
        for (int step = -STEPS_OF_REFINEMENT; step <= STEPS_OF_REFINEMENT; step++) {
            best = better(best, (int) Math.round(period + reach * step / STEPS_OF_REFINEMENT));
        }
        int width = (int) Math.round(reach / STEPS_OF_REFINEMENT / 2);
        for (int distance = Math.max(1, width); distance > 0; distance /= 2) {
            best = better(better(best, best - distance), best + distance);
        }
        return best;
    }

    private int better(int period, int other) {
        return explained(other) > explained(period) ? other : period;
    }

    private boolean isLongEnoughFor(int period) {
        return period >= 2 && (long) LEAST_CYCLES * period <= values.length;
    }

    private double level(int period) {
        return isUsual(period) ? USUAL_LEVEL / Math.max(1, usual.length) : FREE_LEVEL / values.length;
    }

    private boolean isUsual(int period) {
        return Arrays.binarySearch(usual, period) >= 0;
    }

    /** By how many steps a period can be off before the first and the last cycle are half a period apart. */
    private int resolution(int period) {
        return Math.max(1, (int) Math.round((double) period * period / (2.0 * values.length)));
    }

    /** No period within the resolution of the series explains much more. */
    private boolean isPeak(int period) {
        if ((long) period * period < values.length) {
            return true;
        }
        double most = MUCH_MORE * explained(period);
        int reach = resolution(period);
        for (int distance : new int[] {1, (reach + 1) / 2, reach}) {
            if (explained(period - distance) > most || explained(period + distance) > most) {
                return false;
            }
        }
        return true;
    }

    private double unlikelihood(int period) {
        return new PhaseFold(values, period, false).unlikelihood();
    }

    private double explained(int period) {
        if (!isLongEnoughFor(period)) {
            return -1;
        }
        return explained.computeIfAbsent(period, at -> new PhaseFold(values, at, true).explained());
    }
}
