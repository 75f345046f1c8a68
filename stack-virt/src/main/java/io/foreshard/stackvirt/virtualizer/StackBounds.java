package io.foreshard.stackvirt.virtualizer;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.scaling.ResourceBounds;
import org.jspecify.annotations.Nullable;

/**
 * How many stacks of a kind there may be, and what each may use.
 *
 * @param least how many run at any time
 * @param most how many there are at most, of all forms together
 * @param resources between which limits those of each stack move by what it uses, where the engine can change them; null if they stay as the spec says
 */
public record StackBounds(int least, int most, @Nullable ResourceBounds resources) {

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

    /**
     * Makes those of stacks whose limits stay as the spec says.
     *
     * @param least how many run at any time
     * @param most how many there are at most, of all forms together
     * @throws IllegalArgumentException if one is out of range
     */
    public StackBounds(int least, int most) {
        this(least, most, null);
    }
}
