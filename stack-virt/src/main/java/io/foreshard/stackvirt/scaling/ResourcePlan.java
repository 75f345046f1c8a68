package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.StackResources;
import java.util.Locale;
import java.util.Set;

/**
 * What each stack of a kind may use from now on, and why.
 *
 * @param before what it may use now
 * @param resources what it may use from now on; equal if nothing is to be done
 * @param reasons why it changes, or does not although it should
 * @param throttledShare for which share of the time the worst stack was throttled of late; {@link Double#NaN} if that is not known
 * @param cpus how many processors' time a stack used at most; {@link Double#NaN} if that is not known
 * @param memoryBytes how much memory a stack used at most of late; -1 if that is not known
 * @param bufferedBytes how many bytes were on their way to a stack at most; -1 if that is not known
 */
public record ResourcePlan(
        StackResources before,
        StackResources resources,
        Set<ResourceReason> reasons,
        double throttledShare,
        double cpus,
        long memoryBytes,
        long bufferedBytes) {

    /** Copies the set. */
    public ResourcePlan {
        reasons = Set.copyOf(reasons);
    }

    /** Returns whether there is something to do. */
    public boolean isChange() {
        return !before.equals(resources);
    }

    /** Returns the decision in words, for people. */
    public String explain() {
        return String.format(
                Locale.ROOT,
                "%s: cpus %.3g to %.3g, memory %d to %d, buffers %d to %d (throttled %.3g of the time; used at most cpus"
                        + " %.3g, memory %d, buffers %d)",
                reasons,
                before.cpus(),
                resources.cpus(),
                before.memoryBytes(),
                resources.memoryBytes(),
                before.bufferBytes(),
                resources.bufferBytes(),
                throttledShare,
                cpus,
                memoryBytes,
                bufferedBytes);
    }
}
