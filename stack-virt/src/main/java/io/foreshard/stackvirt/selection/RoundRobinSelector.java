package io.foreshard.stackvirt.selection;

import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;

/** One after the other, whatever they have to do. */
public final class RoundRobinSelector implements StackSelector {

    /** Makes the policy. */
    public RoundRobinSelector() {}

    @Override
    public int pick(StacksView stacks, long random) {
        int size = stacks.size();
        int stack = stacks.previous();
        for (int tried = 0; tried < size; tried++) {
            stack = stack + 1 < size ? stack + 1 : 0;
            if (stacks.takes(stack)) {
                return stack;
            }
        }
        return NONE;
    }
}
