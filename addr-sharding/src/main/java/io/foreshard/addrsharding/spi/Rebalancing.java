package io.foreshard.addrsharding.spi;

/**
 * How reservations have changed.
 *
 * @param givenUpUnits units that were reserved and are free for all now
 * @param reservedUnits units that were free for all and are reserved now
 */
public record Rebalancing(long givenUpUnits, long reservedUnits) {}
