package io.foreshard.jmh.striping.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Prequal with its published parameters (Wydrowski and others, NSDI 2024): three probes for each request, a pool of sixteen that lives for a
 * second, hot above the 0.84 quantile of what probes told last, of the cold ones the fastest, of hot ones the one with least in flight. A
 * probe that was used counts one more in flight and may be used again; with each request one is removed, the oldest and the worst in turn.
 */
final class Prequal implements Chooser {

    static final double HOT_QUANTILE = 0.84;
    static final int POOL = 16;
    private static final double MOST_SECONDS = 1;
    private static final int LEAST_PROBES = 2;
    private static final int PROBES = 3;
    private static final int REMOVED = 1;
    private static final double RATE_BEYOND = 1;
    private static final int REMEMBERED = 64;

    private final SplittableRandom random;
    private final int mostUses;
    private final Map<View, Pool> pools = new HashMap<>();

    Prequal(int nodes, SplittableRandom random) {
        this.random = random;
        this.mostUses = (int) Math.max(1, (1 + RATE_BEYOND) / ((1 - (double) POOL / nodes) * PROBES - REMOVED));
    }

    private static final class Probe {
        private final int node;
        private final double latency;
        private double inFlight;
        private double ageSeconds;
        private int uses;

        Probe(View view, int node) {
            this.node = node;
            this.latency = view.secondsPerUnit(node);
            this.inFlight = view.inFlight(node);
        }
    }

    /** One ingress's. */
    private static final class Pool {
        private final List<Probe> probes = new ArrayList<>();
        private final Deque<Double> inFlight = new ArrayDeque<>();
        private double last;
        private boolean removesWorst;
    }

    @Override
    public int choose(View view) {
        Pool pool = pools.computeIfAbsent(view, x -> new Pool());
        refresh(pool, view);
        if (pool.probes.size() < LEAST_PROBES) {
            return random.nextInt(view.nodes());
        }
        Comparator<Probe> order = order(limit(pool));
        Probe best = pool.probes.stream().min(order).orElseThrow();
        best.inFlight++;
        best.uses++;
        pool.removesWorst = !pool.removesWorst;
        pool.probes.remove(pool.removesWorst ? pool.probes.stream().max(order).orElseThrow() : pool.probes.get(0));
        return best.node;
    }

    private void refresh(Pool pool, View view) {
        double passed = view.now() - pool.last;
        pool.last = view.now();
        pool.probes.forEach(probe -> probe.ageSeconds += passed);
        view.newest().forEach(node -> add(pool, new Probe(view, node)));
        pool.probes.removeIf(probe -> probe.ageSeconds > MOST_SECONDS || probe.uses >= mostUses);
        while (pool.probes.size() > POOL) {
            pool.probes.remove(0);
        }
    }

    private static void add(Pool pool, Probe probe) {
        pool.probes.add(probe);
        pool.inFlight.add(probe.inFlight);
        if (pool.inFlight.size() > REMEMBERED) {
            pool.inFlight.remove();
        }
    }

    private static double limit(Pool pool) {
        double[] sorted =
                pool.inFlight.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) (HOT_QUANTILE * (sorted.length - 1))];
    }

    private static Comparator<Probe> order(double limit) {
        return Comparator.<Probe, Boolean>comparing(probe -> probe.inFlight > limit)
                .thenComparingDouble(probe -> probe.inFlight > limit ? probe.inFlight : probe.latency);
    }
}
