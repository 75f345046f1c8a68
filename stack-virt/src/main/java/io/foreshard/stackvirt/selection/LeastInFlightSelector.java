package io.foreshard.stackvirt.selection;

import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;

/** The stack with the fewest messages in flight for its weight, known as least connections; of equals, one at random. */
public final class LeastInFlightSelector implements StackSelector {

    /** Makes the policy. */
    public LeastInFlightSelector() {}

    @Override
    public int pick(StacksView stacks, long random) {
        int size = stacks.size();
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        long equals = 0;
        for (int stack = 0; stack < size; stack++) {
            if (!stacks.takes(stack)) {
                continue;
            }
            double load = stacks.load(stack);
            if (load < least || best == NONE) {
                best = stack;
                least = load;
                equals = 1;
            } else if (load == least && Draw.below((int) ++equals, mixed(random, equals)) == 0) {
                best = stack;
            }
        }
        return best;
    }

    /** Each of the equals needs a number of its own (Steele and others, Fast splittable pseudorandom number generators, 2014). */
    private static long mixed(long random, long turn) {
        long z = random + turn * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
