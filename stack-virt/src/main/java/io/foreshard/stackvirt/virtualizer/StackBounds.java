package io.foreshard.stackvirt.virtualizer;

import io.foreshard.runtime.Checks;

/**
 * How many stacks of a kind there may be.
 *
 * @param least how many run at any time
 * @param most how many there are at most, of all forms together
 */
public record StackBounds(int least, int most) {

    private static final int MOST = 1 << 20;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public StackBounds {
        Checks.inRange("most", most, 1, MOST);
        Checks.inRange("least", least, 0, most);
    }
}
