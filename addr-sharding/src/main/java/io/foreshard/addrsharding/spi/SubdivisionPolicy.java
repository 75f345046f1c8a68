package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;

/**
 * What a subdivision may have.
 *
 * @param maxShards how many shards of a family it may have in use at once
 * @param quota which share of all addresses of a family it may hold, 0…1, those that cool counted
 * @param priority 0…{@value #MAX_PRIORITY}, a higher one comes first: reservations of lower or the same priority make room for it
 */
public record SubdivisionPolicy(int maxShards, double quota, int priority) {

    /** The highest priority. */
    public static final int MAX_PRIORITY = 7;

    /** No limit but those of the pools, and the lowest priority. */
    public static final SubdivisionPolicy UNLIMITED = new SubdivisionPolicy(Integer.MAX_VALUE, 1, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SubdivisionPolicy {
        Checks.notNegative("maxShards", maxShards);
        Checks.inRange("quota", quota, 0, 1);
        Checks.inRange("priority", priority, 0, MAX_PRIORITY);
    }
}
