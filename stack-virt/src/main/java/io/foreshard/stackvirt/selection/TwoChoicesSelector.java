package io.foreshard.stackvirt.selection;

import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;

/**
 * Of two stacks drawn at random, the one with fewer messages in flight for its weight. Does well also with data that are old, by which all
 * would run to the one that seemed least busy (Mitzenmacher, How useful is old information?, IEEE TPDS 2000).
 */
public final class TwoChoicesSelector implements StackSelector {

    /** Makes the policy. */
    public TwoChoicesSelector() {}

    @Override
    public int pick(StacksView stacks, long random) {
        int size = stacks.size();
        if (size == 0) {
            return NONE;
        }
        int one = next(stacks, Draw.below(size, random), NONE);
        if (one == NONE) {
            return NONE;
        }
        int other = next(stacks, Draw.belowByLow(size, random), one);
        return other == NONE || stacks.load(one) <= stacks.load(other) ? one : other;
    }

    /** Returns the first from some place on that takes the message and is not the one that is left out. */
    private static int next(StacksView stacks, int from, int leftOut) {
        int size = stacks.size();
        int stack = from;
        for (int tried = 0; tried < size; tried++) {
            if (stack != leftOut && stacks.takes(stack)) {
                return stack;
            }
            stack = stack + 1 < size ? stack + 1 : 0;
        }
        return NONE;
    }
}
