package io.foreshard.stackvirt.selection;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;
import java.time.Duration;
import java.util.Arrays;

/**
 * The default: of the stacks that are not hot the fastest, else the one with the fewest messages in flight (Wydrowski and others, Load is
 * not what you should balance, NSDI 2024).
 *
 * <ul>
 *   <li>Hot is who has more in flight, for its weight, than a quantile of all. A forecast counts here as so many more in flight, at most as
 *       many as stacks have on average: it can make a stack hot, not fast or empty.
 *   <li>How fast a stack is, is the median of its last answers at about as many in flight, or the age of its oldest message if that is more.
 *   <li>Of stacks that are about as fast, the one with less in flight; then one at random.
 *   <li>A stack that fails more often than the others, or has no processor time or memory left, comes behind the hot ones however fast it
 *       answers: failing is fast.
 *   <li>Who has not been heard of for a while gets a message out of a hundred, so that it is known again. If most have not, two are drawn
 *       and the one with less in flight is taken.
 * </ul>
 */
public final class HotColdSelector implements StackSelector {

    private static final int COLD = 0;
    private static final int HOT = 1;
    private static final int LAST = 2;

    /** How much more often than the others on average a stack fails before it is left alone: one error of the last eight messages, faded. */
    private static final double FAILING = 0.1;

    private static final double LEAST_HEADROOM = 0.03;
    private static final long EXPLORING = 0x7F;

    private final TwoChoicesSelector blind = new TwoChoicesSelector();
    private final double hotQuantile;
    private final long staleNanos;
    private final double alike;
    private double[] loads = new double[16];
    private double[] highest = new double[4];

    private HotColdSelector(Builder builder) {
        hotQuantile = Checks.inRange("hotQuantile", builder.hotQuantile, 0, 1);
        staleNanos = Checks.duration("staleAfter", builder.staleAfter, Duration.ofNanos(1), Duration.ofDays(1));
        alike = 1 + Checks.inRange("alike", builder.alike, 0, 10);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int pick(StacksView stacks, long random) {
        int size = stacks.size();
        if (loads.length < size) {
            loads = new double[2 * size];
        }
        int open = 0;
        int known = 0;
        double sum = 0;
        double errors = 0;
        for (int stack = 0; stack < size; stack++) {
            double load = stacks.inFlight(stack) / stacks.weight(stack);
            loads[stack] = load;
            sum += load;
            if (stacks.takes(stack)) {
                open++;
                errors += stacks.errorShare(stack);
                known += stacks.ageNanos(stack) <= staleNanos ? 1 : 0;
            }
        }
        if (open == 0) {
            return NONE;
        }
        double failing = errors / open + FAILING;
        if (2 * known < open && errors == 0) {
            return blind.pick(stacks, random);
        }
        int from = Draw.below(size, random);
        if (known < open && (random & EXPLORING) == 0) {
            int unheard = unheard(stacks, from, failing);
            if (unheard != NONE) {
                return unheard;
            }
        }
        foresee(stacks, sum / size);
        return best(stacks, from, quantile(size), failing);
    }

    private int unheard(StacksView stacks, int from, double failing) {
        int size = stacks.size();
        int stack = from;
        for (int tried = 0; tried < size; tried++) {
            if (stacks.takes(stack)
                    && stacks.inFlight(stack) == 0
                    && stacks.ageNanos(stack) > staleNanos
                    && !isLast(stacks, stack, failing)) {
                return stack;
            }
            stack = stack + 1 < size ? stack + 1 : 0;
        }
        return NONE;
    }

    private void foresee(StacksView stacks, double mean) {
        for (int stack = 0; stack < stacks.size(); stack++) {
            double expected = stacks.expectedInFlight(stack);
            if (expected > 0) {
                double rise = expected / stacks.weight(stack) - loads[stack];
                loads[stack] += rise > 0 ? Math.min(rise, mean) : 0;
            }
        }
    }

    private int best(StacksView stacks, int from, double limit, double failing) {
        int size = stacks.size();
        int best = NONE;
        int bestRank = Integer.MAX_VALUE;
        double bestNanos = 0;
        int stack = from;
        for (int tried = 0; tried < size; tried++) {
            if (stacks.takes(stack)) {
                int rank = isLast(stacks, stack, failing) ? LAST : loads[stack] > limit ? HOT : COLD;
                double nanos = rank == COLD ? nanos(stacks, stack) : 0;
                if (rank < bestRank || (rank == bestRank && isBetter(nanos, loads[stack], bestNanos, loads[best]))) {
                    best = stack;
                    bestRank = rank;
                    bestNanos = nanos;
                }
            }
            stack = stack + 1 < size ? stack + 1 : 0;
        }
        return best;
    }

    /** Alike is not transitive; what is lost by that is less than what the medians are out. */
    private boolean isBetter(double nanos, double load, double bestNanos, double bestLoad) {
        if (nanos > bestNanos * alike) {
            return false;
        }
        return nanos * alike < bestNanos || load < bestLoad;
    }

    private static double nanos(StacksView stacks, int stack) {
        return Math.max(stacks.latencyNanos(stack), stacks.oldestNanos(stack));
    }

    private static boolean isLast(StacksView stacks, int stack, double failing) {
        return stacks.errorShare(stack) > failing || stacks.headroom(stack) < LEAST_HEADROOM;
    }

    /** Returns the load that as many stacks are above as the quantile leaves; they are few, so they are kept in order. */
    private double quantile(int size) {
        int above = size - (int) Math.ceil(hotQuantile * (size - 1));
        if (highest.length < above) {
            highest = new double[2 * above];
        }
        Arrays.fill(highest, 0, above, Double.NEGATIVE_INFINITY);
        for (int stack = 0; stack < size; stack++) {
            double load = loads[stack];
            if (load > highest[above - 1]) {
                int place = above - 1;
                while (place > 0 && highest[place - 1] < load) {
                    highest[place] = highest[place - 1];
                    place--;
                }
                highest[place] = load;
            }
        }
        return highest[above - 1];
    }

    /** Builds the policy. */
    public static final class Builder {

        private double hotQuantile = 0.84;
        private Duration staleAfter = Duration.ofSeconds(1);
        private double alike = 0.05;

        private Builder() {}

        /**
         * Sets which part of the stacks is not hot by what they have in flight. Default: 0.84.
         *
         * @param share 0…1
         * @return this
         */
        public Builder hotQuantile(double share) {
            hotQuantile = share;
            return this;
        }

        /**
         * Sets for how long a stack's last answer tells how fast it is. Default: 1 s.
         *
         * @param age 1 ns to 1 day
         * @return this
         */
        public Builder staleAfter(Duration age) {
            staleAfter = age;
            return this;
        }

        /**
         * Sets by which part latencies may differ and count as the same. Default: 0.05.
         *
         * @param part 0…10
         * @return this
         */
        public Builder alike(double part) {
            alike = part;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public HotColdSelector build() {
            return new HotColdSelector(this);
        }
    }
}
