package io.foreshard.jmh.striping.placement;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The peers, as published, on what a view tells. */
final class Choosers {

    private Choosers() {}

    /** The one of two random nodes with less in flight, as of the newest probe of each. */
    static Chooser leastOfTwo(SplittableRandom random) {
        return view -> {
            int one = random.nextInt(view.nodes());
            int other = (one + 1 + random.nextInt(view.nodes() - 1)) % view.nodes();
            return view.inFlight(one) <= view.inFlight(other) ? one : other;
        };
    }

    /** The one of two random nodes with less in flight, both probed for this flow. */
    static Chooser leastOfTwoProbed() {
        return view -> {
            int one = view.newest().peekFirst();
            int other = view.newest().peekLast();
            return view.inFlight(one) <= view.inFlight(other) ? one : other;
        };
    }

    /** A random node, each as often as it has capacity left, as of its newest probe. */
    static Chooser weightedRoundRobin(SplittableRandom random) {
        return view -> {
            double[] sums = new double[view.nodes()];
            Arrays.setAll(sums, i -> Math.max(0.05, 1 - view.load(i)));
            Arrays.parallelPrefix(sums, Double::sum);
            double drawn = random.nextDouble() * sums[sums.length - 1];
            int found = Arrays.binarySearch(sums, drawn);
            return Math.min(sums.length - 1, found < 0 ? -found - 1 : found);
        };
    }

    /**
     * Prequal's rule with more than its pool would know: of each of the nodes probed last the newest probe, none of them used up, removed or too
     * old, and what has ended of our own taken off. Of equals the newest.
     */
    static Chooser hotCold() {
        return view -> {
            double oldest = oldestInPool(view);
            int[] pool = IntStream.range(0, view.nodes())
                    .filter(node -> view.ageSeconds(node) <= oldest)
                    .toArray();
            double[] inFlight = new double[pool.length];
            Arrays.setAll(inFlight, i -> view.inFlight(pool[i]));
            Arrays.sort(inFlight);
            double limit = inFlight[(int) (Prequal.HOT_QUANTILE * (inFlight.length - 1))];
            int best = pool[0];
            for (int node : pool) {
                boolean isNewer = view.ageSeconds(node) < view.ageSeconds(best);
                best = isBetter(view, node, best, limit) || (isNewer && !isBetter(view, best, node, limit))
                        ? node
                        : best;
            }
            return best;
        };
    }

    private static double oldestInPool(View view) {
        double[] ages = new double[view.nodes()];
        Arrays.setAll(ages, view::ageSeconds);
        Arrays.sort(ages);
        return ages[Prequal.POOL - 1];
    }

    private static boolean isBetter(View view, int one, int other, double limit) {
        boolean isCold = view.inFlight(one) <= limit;
        boolean isOtherCold = view.inFlight(other) <= limit;
        if (isCold != isOtherCold) {
            return isCold;
        }
        return isCold
                ? view.secondsPerUnit(one) < view.secondsPerUnit(other)
                : view.inFlight(one) < view.inFlight(other);
    }
}
