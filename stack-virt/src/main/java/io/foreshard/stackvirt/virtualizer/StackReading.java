package io.foreshard.stackvirt.virtualizer;

import io.foreshard.stackvirt.spi.StackId;

/**
 * What a running stack did in the time between two readings; {@link Double#NaN} and -1 where that is not known.
 *
 * @param id which one
 * @param cpus processor time it used, in processors
 * @param throttled share of the time in which it had work but was not let
 * @param memoryBytes resident memory
 * @param memoryKills how often something in it was ended for using too much memory, since it was created
 * @param headroom which part is left of the scarcer of its processor time and memory, 0…1; 1 if not known
 * @param inFlight messages that it has not answered
 * @param repliesPerSecond answers
 * @param latencyNanos median of its last answers
 */
public record StackReading(
        StackId id,
        double cpus,
        double throttled,
        long memoryBytes,
        long memoryKills,
        double headroom,
        int inFlight,
        double repliesPerSecond,
        long latencyNanos) {}
