package io.foreshard.stackvirt.manager;

import io.foreshard.runtime.Checks;

/**
 * How many stacks of a kind there are to be, by how ready they are.
 *
 * @param running how many take messages
 * @param frozen how many are started and stopped where they stand
 * @param created how many are set up but not started
 */
public record StackTargets(int running, int frozen, int created) {

    /** None at all. */
    public static final StackTargets NONE = new StackTargets(0, 0, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is below 0
     */
    public StackTargets {
        Checks.notNegative("running", running);
        Checks.notNegative("frozen", frozen);
        Checks.notNegative("created", created);
    }
}
