package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackId;

/**
 * How a stack does, as of one reading.
 *
 * @param id which one
 * @param running whether it gets new messages
 * @param inFlight how many messages it has that are not answered, also those for which nobody waits
 * @param inFlightBytes their length
 * @param replies how many it has answered since it was added
 * @param errors how many it has refused, or not answered in time
 * @param latencyNanos median of its last answers at about as many in flight as now; 0 if it has not answered
 */
public record StackStatistics(
        StackId id, boolean running, int inFlight, long inFlightBytes, long replies, long errors, long latencyNanos) {}
