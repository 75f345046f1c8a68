package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.prefix.PrefixAggregation;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Subdivisions that grow to what they came to need, one unit at a time and in any order, into a space that they fill to a share. */
final class RoutesRun {

    private static final Prefix POOL = Prefix.parse("10.0.0.0/10");
    private static final int UNIT_LENGTH = 24;
    private static final int UNITS = 1 << 14;

    private final List<GrowthDemand> demands;
    private final double addressesOfAUnit;
    private final int[] sizes;
    private final int[] order;

    RoutesRun(List<GrowthDemand> demands, double fill, long seed) {
        this.demands = List.copyOf(demands);
        double addresses = demands.stream().mapToDouble(GrowthDemand::addresses).sum();
        addressesOfAUnit = addresses / (fill * UNITS);
        sizes = demands.stream()
                .mapToInt(demand -> (int) Math.max(1, Math.round(demand.addresses() / addressesOfAUnit)))
                .toArray();
        order = order(sizes, new Random(seed));
    }

    private static int[] order(int[] sizes, Random random) {
        int[] order = new int[Arrays.stream(sizes).sum()];
        int filled = 0;
        for (int i = 0; i < sizes.length; i++) {
            Arrays.fill(order, filled, filled + sizes[i], i);
            filled += sizes[i];
        }
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    /** Nobody can do with fewer. */
    double fewest() {
        return Arrays.stream(sizes).map(Integer::bitCount).sum();
    }

    double firstFit() {
        return routes(new FirstFitPlacement());
    }

    double bisection() {
        return routes(new BisectionPlacement(UNITS, sizes.length));
    }

    /** By a real forecaster. */
    double forecast() {
        return ours(GrowthDemand::forecast, GrowthDemand::skill);
    }

    /** By nobody. */
    double unforecast() {
        return ours(demand -> Double.NaN, demand -> Double.NaN);
    }

    /** By one who knows. */
    double perfect() {
        return ours(GrowthDemand::addresses, demand -> 0);
    }

    /** Three times too much for everybody, and believed. */
    double exaggerated() {
        return ours(demand -> 3 * demand.addresses(), demand -> 0);
    }

    /** Forecasts are trusted where they have been better than the naive one. */
    private double ours(ToDoubleFunction<GrowthDemand> peak, ToDoubleFunction<GrowthDemand> skill) {
        return routes(new ForeshardPlacement(POOL, sizes.length, i -> {
            GrowthDemand demand = demands.get(i);
            double units = Math.ceil(peak.applyAsDouble(demand) / addressesOfAUnit);
            return new SpaceOutlook(units, skill.applyAsDouble(demand) < 1 ? 1 : 0);
        }));
    }

    private double routes(GrowthPlacement placement) {
        List<List<Prefix>> units = new ArrayList<>();
        Arrays.stream(sizes).forEach(size -> units.add(new ArrayList<>()));
        for (int subdivision : order) {
            units.get(subdivision).add(POOL.part(UNIT_LENGTH, placement.grow(subdivision)));
        }
        return units.stream().mapToInt(all -> PrefixAggregation.of(all).size()).sum();
    }
}
