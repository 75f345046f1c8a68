package io.foreshard.flowsharder.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Groups legs that seem to go by one bottleneck, by how their delays swing (RFC 8382, section 3.3, with its parameters). A guess of one
 * moment: legs that share nothing look alike now and then, so believe what is said again and again.
 *
 * <p>A leg whose delay hardly varies has no queue, and so no bottleneck that could be shared; the RFC leaves that to the reader.
 */
public final class SharedBottleneck {

    /** The group of a leg without a bottleneck, or of which too little is known. */
    public static final int NONE = 0;

    private static final double SKEW_ENTERS = 0.1;
    private static final double SKEW_STAYS = 0.3;
    private static final double HIGH_LOSS = 0.05;
    private static final double OSCILLATION_APART = 0.1;
    private static final double VARIABILITY_APART = 0.1;
    private static final double SKEW_APART = 0.15;
    private static final double LOSS_APART = 0.1;
    private static final double NO_QUEUE_NANOS = 200e3;

    private SharedBottleneck() {}

    /**
     * Groups legs.
     *
     * @param legs what is known of each, over the same intervals
     * @param before the groups of the same legs as of the last time; all {@link #NONE} at first
     * @return the group of each leg, numbered from 1, or {@link #NONE}; a leg in a group of its own shares its bottleneck with nobody
     * @throws IllegalArgumentException if there are not as many groups as legs
     */
    public static int[] groups(List<LegStatistics> legs, int[] before) {
        if (before.length != legs.size()) {
            throw new IllegalArgumentException(
                    "before: " + before.length + " groups (expected: one per leg, " + legs.size() + ")");
        }
        List<List<Integer>> groups = List.of(IntStream.range(0, legs.size())
                .filter(leg -> hasBottleneck(legs.get(leg), before[leg] != NONE))
                .boxed()
                .toList());
        groups = split(groups, leg -> legs.get(leg).oscillation(), largest -> OSCILLATION_APART);
        groups = split(groups, leg -> legs.get(leg).variabilityNanos(), largest -> VARIABILITY_APART * largest);
        return numbered(splitByLossOrSkew(groups, legs), legs.size());
    }

    private static boolean hasBottleneck(LegStatistics leg, boolean hadOne) {
        boolean isCongested = leg.skew() < (hadOne ? SKEW_STAYS : SKEW_ENTERS) || leg.lossRatio() > HIGH_LOSS;
        return leg.isKnown() && isCongested && leg.variabilityNanos() > NO_QUEUE_NANOS;
    }

    private static List<List<Integer>> splitByLossOrSkew(List<List<Integer>> groups, List<LegStatistics> legs) {
        List<List<Integer>> split = new ArrayList<>();
        for (List<Integer> group : groups) {
            boolean isLossy = group.stream().anyMatch(leg -> legs.get(leg).lossRatio() > HIGH_LOSS);
            split.addAll(
                    isLossy
                            ? split(List.of(group), leg -> legs.get(leg).lossRatio(), largest -> LOSS_APART * largest)
                            : split(List.of(group), leg -> legs.get(leg).skew(), largest -> SKEW_APART));
        }
        return split;
    }

    /** Cuts groups, sorted by a number, where neighbours are too far apart. */
    private static List<List<Integer>> split(
            List<List<Integer>> groups, ToDoubleFunction<Integer> number, Limit limit) {
        List<List<Integer>> split = new ArrayList<>();
        for (List<Integer> group : groups) {
            List<Integer> sorted = new ArrayList<>(group);
            sorted.sort(Comparator.comparingDouble(number).reversed());
            int start = 0;
            for (int i = 1; i <= sorted.size(); i++) {
                if (i == sorted.size() || isGap(number, limit, sorted.get(i - 1), sorted.get(i))) {
                    split.add(sorted.subList(start, i));
                    start = i;
                }
            }
        }
        return split;
    }

    private static boolean isGap(ToDoubleFunction<Integer> number, Limit limit, Integer one, Integer next) {
        double larger = number.applyAsDouble(one);
        return larger - number.applyAsDouble(next) > limit.of(larger);
    }

    /** How far apart two numbers of one group may be, by the larger one. */
    private interface Limit {

        double of(double larger);
    }

    private static int[] numbered(List<List<Integer>> groups, int legs) {
        int[] numbers = new int[legs];
        Arrays.fill(numbers, NONE);
        for (int group = 0; group < groups.size(); group++) {
            for (int leg : groups.get(group)) {
                numbers[leg] = group + 1;
            }
        }
        return numbers;
    }
}
