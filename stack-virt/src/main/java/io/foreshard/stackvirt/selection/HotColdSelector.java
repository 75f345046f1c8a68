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
 *   <li>Of stacks that are about as fast as the fastest, the one with the least in flight; then one at random.
 *   <li>A stack that fails more often than the others, or has no processor time or memory left, comes behind the hot ones however fast it
 *       answers: failing is fast.
 *   <li>Who has not been heard of for a while gets a message out of a hundred, so that it is known again. If most have not, two are drawn
 *       and the one with less in flight is taken.
 * </ul>
 */
public final class HotColdSelector implements StackSelector {

    /** What hot stacks and the last ones count as, nanoseconds: far from each other, and from any that is cold, also times {@link #MOST_ALIKE}. */
    private static final long HOT = 1L << 55;

    private static final long LAST = 1L << 59;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SIGN = Long.SIZE - 1;
    private static final double MOST_ALIKE = 10;

    /** How much more often than the others on average a stack fails before it is left alone: one error of the last eight messages, faded. */
    private static final double FAILING = 0.1;

    private static final double LEAST_HEADROOM = 0.03;
    private static final long EXPLORING = 0x7F;

    private final TwoChoicesSelector blind = new TwoChoicesSelector();
    private final double hotQuantile;
    private final long staleNanos;
    private final double alike;
    /** What each has in flight for its weight; {@link #ordered}. */
    private int[] loads = new int[16];

    private long[] nanos = new long[16];
    private int[] sorted = new int[16];

    private HotColdSelector(Builder builder) {
        hotQuantile = Checks.inRange("hotQuantile", builder.hotQuantile, 0, 1);
        staleNanos = Checks.duration("staleAfter", builder.staleAfter, Duration.ofNanos(1), Duration.ofDays(1));
        alike = 1 + Checks.inRange("alike", builder.alike, 0, MOST_ALIKE);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int pick(StacksView stacks, long random) {
        int size = stacks.size();
        if (loads.length < size) {
            loads = new int[2 * size];
            nanos = new long[2 * size];
        }
        int open = 0;
        int known = 0;
        double sum = 0;
        double errors = 0;
        double expected = 0;
        for (int stack = 0; stack < size; stack++) {
            double load = stacks.load(stack);
            loads[stack] = ordered(load);
            sum += load;
            expected += stacks.expectedInFlight(stack);
            nanos[stack] = NEVER;
            if (stacks.takes(stack)) {
                nanos[stack] = stacks.headroom(stack) < LEAST_HEADROOM ? LAST : nanos(stacks, stack);
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
        if (expected > 0) {
            foresee(stacks, sum / size);
        }
        if (errors > 0) {
            leaveAlone(stacks, failing);
        }
        return best(size, from, quantile(size));
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
                double load = stacks.load(stack);
                double rise = expected / stacks.weight(stack) - load;
                loads[stack] = ordered(load + Math.max(0, Math.min(rise, mean)));
            }
        }
    }

    private void leaveAlone(StacksView stacks, double failing) {
        for (int stack = 0; stack < stacks.size(); stack++) {
            if (nanos[stack] < LAST && stacks.errorShare(stack) > failing) {
                nanos[stack] = LAST;
            }
        }
    }

    /** Without a branch that nobody can foresee: a wrong guess costs more than a pass. */
    private int best(int size, int from, int limit) {
        long fastest = NEVER;
        for (int stack = 0; stack < size; stack++) {
            long hot = ((long) limit - loads[stack]) >> SIGN;
            long lift = HOT - nanos[stack];
            nanos[stack] += lift & hot & ~(lift >> SIGN);
            fastest = lesser(fastest, nanos[stack]);
        }
        long atMost = (long) (fastest * alike);
        long best = NEVER;
        for (int stack = 0; stack < size; stack++) {
            long turn = (long) stack - from;
            turn += size & (turn >> SIGN);
            long tooSlow = (atMost - nanos[stack]) >> SIGN;
            long order = ((long) loads[stack] << Integer.SIZE) | turn;
            best = lesser(best, order | (tooSlow & NEVER));
        }
        int stack = from + (int) best;
        return stack < size ? stack : stack - size;
    }

    /** Returns the larger of latency and age. */
    private static long nanos(StacksView stacks, int stack) {
        long latency = stacks.latencyNanos(stack);
        long younger = latency - stacks.oldestNanos(stack);
        return latency - (younger & (younger >> SIGN));
    }

    /** Without a branch; of numbers not below 0. */
    private static long lesser(long one, long other) {
        long difference = one - other;
        return other + (difference & (difference >> SIGN));
    }

    /** Returns a number that is in the same order among others as a load, which is not below 0. */
    private static int ordered(double load) {
        return Float.floatToRawIntBits((float) load);
    }

    private static boolean isLast(StacksView stacks, int stack, double failing) {
        return stacks.errorShare(stack) > failing || stacks.headroom(stack) < LEAST_HEADROOM;
    }

    /** Returns the load that as many stacks are above as the quantile leaves. */
    private int quantile(int size) {
        int above = size - (int) Math.ceil(hotQuantile * (size - 1));
        return above <= 4 ? ofHighest(above, size) : ofAll(above, size);
    }

    /** Keeps the four highest; without branches. */
    private int ofHighest(int above, int size) {
        int first = -1;
        int second = -1;
        int third = -1;
        int fourth = -1;
        for (int stack = 0; stack < size; stack++) {
            int load = loads[stack];
            int belowFirst = Math.min(first, load);
            int belowSecond = Math.min(second, belowFirst);
            fourth = Math.max(fourth, Math.min(third, belowSecond));
            third = Math.max(third, belowSecond);
            second = Math.max(second, belowFirst);
            first = Math.max(first, load);
        }
        return above < 3 ? above < 2 ? first : second : above == 3 ? third : fourth;
    }

    private int ofAll(int above, int size) {
        if (sorted.length < size) {
            sorted = new int[2 * size];
        }
        System.arraycopy(loads, 0, sorted, 0, size);
        Arrays.sort(sorted, 0, size);
        return sorted[size - above];
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
