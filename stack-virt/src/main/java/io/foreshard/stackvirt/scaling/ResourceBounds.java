package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.StackResources;

/**
 * Between which limits the limits of a stack may move.
 *
 * @param least of each resource
 * @param most of each resource
 * @param processors how many the machine has
 */
public record ResourceBounds(StackResources least, StackResources most, double processors) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the least of something is more than the most of it, or there are no processors
     */
    public ResourceBounds {
        Checks.inRange("processors", processors, 0.01, 4096);
        Checks.inRange("least.cpus", least.cpus(), 0, most.cpus());
        Checks.inRange("least.memoryBytes", least.memoryBytes(), 0, most.memoryBytes());
        Checks.inRange("least.bufferBytes", least.bufferBytes(), 0, most.bufferBytes());
    }

    /** Returns how many processors' time one stack gets at most: no more than there are. */
    public double mostCpus() {
        return Math.max(least.cpus(), Math.min(most.cpus(), processors));
    }
}
