package io.foreshard.stackvirt.engine.link;

/**
 * What may be on a link at a time.
 *
 * @param inFlight messages that are not answered
 * @param inFlightBytes of their content; one message is taken in any case
 * @param largestMessage bytes of content of one message or answer
 */
public record LinkLimits(int inFlight, long inFlightBytes, int largestMessage) {}
