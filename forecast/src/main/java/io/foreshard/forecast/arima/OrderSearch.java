package io.foreshard.forecast.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The search for the orders of a differenced series: all small orders, or the stepwise walk of Hyndman and Khandakar (2008). Each
 * fit starts from the estimates of Hannan and Rissanen or from a process with orders one off, whichever is best.
 */
final class OrderSearch {

    /** How many of the best processes are tried without the constant as well. */
    private static final int TOGGLED = 5;

    private static final int[][] NEIGHBOURS = {{-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}};

    private final double[] series;
    private final int differences;
    private final int maxP;
    private final int maxQ;
    private final boolean allowConstant;
    private final WorkBudget budget;
    private final @Nullable Candidate[][][] tried = new Candidate[2][ArimaOrder.MAX_LAGS + 1][ArimaOrder.MAX_LAGS + 1];
    private final @Nullable ArmaFamily[] families = new ArmaFamily[2];
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable Candidate best;

    OrderSearch(double[] series, int differences, int maxP, int maxQ, boolean allowConstant, WorkBudget budget) {
        this.series = series;
        this.differences = differences;
        this.maxP = maxP;
        this.maxQ = maxQ;
        this.allowConstant = allowConstant;
        this.budget = budget;
    }

    /** Walks from the usual small orders to better neighbours until none is better. */
    Candidate stepwise() {
        tryOut(Math.min(2, maxP), Math.min(2, maxQ), allowConstant);
        tryOut(0, 0, allowConstant);
        tryOut(Math.min(1, maxP), 0, allowConstant);
        tryOut(0, Math.min(1, maxQ), allowConstant);
        tryOut(0, 0, false);
        boolean moved = true;
        while (moved && !budget.isUsedUp()) {
            moved = moveToNeighbour();
        }
        return refinedBest();
    }

    /** Tries all orders with at most this many lags of both kinds together, and the best without the constant too. */
    Candidate exhaustive(int maxLags) {
        for (int lags = 0; lags <= maxLags; lags++) {
            for (int p = Math.max(0, lags - maxQ); p <= Math.min(lags, maxP); p++) {
                tryOut(p, lags - p, allowConstant);
            }
        }
        // A drift may push a moving average to the unit circle that is fine without it: so the rank is not by trust
        // here.
        candidates.sort(Comparator.comparingDouble(Candidate::aicc));
        for (Candidate good : List.copyOf(candidates.subList(0, Math.min(TOGGLED, candidates.size())))) {
            tryOut(good.p(), good.q(), false);
        }
        return refinedBest();
    }

    /** Fits one process closely. */
    Candidate only(int p, int q) {
        ArmaFamily family = family(allowConstant);
        return family.fit(budget, Effort.close(), family.start(p, q), ArmaPoint.origin(p, q));
    }

    private boolean moveToNeighbour() {
        Candidate centre = best;
        if (centre == null) {
            return false;
        }
        for (int[] neighbour : NEIGHBOURS) {
            if (tryOut(centre.p() + neighbour[0], centre.q() + neighbour[1], centre.withConstant())) {
                return true;
            }
        }
        return tryOut(centre.p(), centre.q(), !centre.withConstant());
    }

    /** Fits a process unless it is out of bounds or known; returns whether it is the best so far. */
    private boolean tryOut(int p, int q, boolean withConstant) {
        if (p < 0 || q < 0 || p > maxP || q > maxQ || !isAllowed(withConstant) || budget.isUsedUp()) {
            return false;
        }
        @Nullable Candidate[] row = tried[withConstant ? 1 : 0][p];
        if (row[q] != null) {
            return false;
        }
        Candidate candidate = fit(family(withConstant), p, q);
        row[q] = candidate;
        candidates.add(candidate);
        boolean better = best == null || candidate.score() < best.score();
        best = better ? candidate : best;
        return better;
    }

    /** Without differences a mean is never dropped: the choice would depend on the level of the series. */
    private boolean isAllowed(boolean withConstant) {
        return withConstant ? allowConstant : !allowConstant || differences > 0;
    }

    private Candidate fit(ArmaFamily family, int p, int q) {
        return family.fit(budget, Effort.toCompare(), starts(family, p, q));
    }

    /** The first estimates, and the best processes known whose orders are one off. */
    private ArmaPoint[] starts(ArmaFamily family, int p, int q) {
        List<ArmaPoint> starts = new ArrayList<>();
        starts.add(family.start(p, q));
        for (@Nullable Candidate[][] table : tried) {
            for (int[] neighbour : NEIGHBOURS) {
                Candidate near = at(table, p + neighbour[0], q + neighbour[1]);
                if (near != null) {
                    starts.add(near.point().resized(p, q));
                }
            }
            Candidate same = at(table, p, q);
            if (same != null) {
                starts.add(same.point());
            }
        }
        return starts.toArray(ArmaPoint[]::new);
    }

    private static @Nullable Candidate at(@Nullable Candidate[][] table, int p, int q) {
        return p < 0 || q < 0 || p >= table.length || q >= table.length ? null : table[p][q];
    }

    private ArmaFamily family(boolean withConstant) {
        int index = withConstant ? 1 : 0;
        ArmaFamily family = families[index];
        if (family == null) {
            family = new ArmaFamily(PreparedSeries.of(series, differences, withConstant));
            families[index] = family;
        }
        return family;
    }

    /** Polishes the best candidate with as much work again; when that brings it too close to a unit root, the next best. */
    private Candidate refinedBest() {
        candidates.sort(Comparator.comparingDouble(Candidate::score));
        Candidate fallback = null;
        budget.renew();
        for (Candidate candidate : candidates) {
            Candidate refined = family(candidate.withConstant()).fit(budget, Effort.close(), candidate.point());
            if (Double.isFinite(refined.score())) {
                return refined;
            }
            fallback = fallback == null || refined.p() + refined.q() < fallback.p() + fallback.q() ? refined : fallback;
        }
        return Objects.requireNonNull(fallback);
    }
}
