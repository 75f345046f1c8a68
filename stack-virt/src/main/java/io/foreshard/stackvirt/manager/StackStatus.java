package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackId;

/**
 * A stack as of one moment.
 *
 * @param id which one
 * @param phase where it is in its life
 * @param goal how ready it is to be
 * @param inFlight how many messages it has not answered
 * @param sinceNanos when it came into its phase, on the clock of the manager
 */
public record StackStatus(StackId id, StackPhase phase, Readiness goal, int inFlight, long sinceNanos) {}
