package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much is free, and in how many pieces.
 *
 * @param pools in the order in which they were given
 */
public record SpaceReport(List<PoolReport> pools) {

    /** Copies the list. */
    public SpaceReport {
        pools = List.copyOf(pools);
    }

    /**
     * What is free of a pool. A unit is a shard of the smallest size; units are used, cooling, reserved or free.
     *
     * @param pool which one
     * @param unitLength length of the prefix of a unit
     * @param units how many there are
     * @param usedUnits of shards that are pending, confirmed or draining
     * @param coolingUnits of shards that cool
     * @param strandedUnits reserved for a subdivision that does not use them yet
     * @param freeUnits free for all
     * @param borrowedUnits used or cooling within a reservation of another subdivision
     * @param fragmentation {@link #unusableShare} for the largest shard that there is, of the smallest size if there is none
     * @param availableByLength how many prefixes of each length can be had out of what is free for all
     * @param routes how many prefixes cover what is confirmed, merged for each subdivision
     * @param minimalRoutes how few could cover as much, if each subdivision had its addresses in a row
     */
    public record PoolReport(
            Prefix pool,
            int unitLength,
            long units,
            long usedUnits,
            long coolingUnits,
            long strandedUnits,
            long freeUnits,
            long borrowedUnits,
            double fragmentation,
            Map<Integer, Long> availableByLength,
            long routes,
            long minimalRoutes) {

        /**
         * Returns which part of what is free for all is of no use for prefixes of a length, as it lies in smaller pieces: external fragmentation
         * for that size, also known as the unusable free space index (Gorman and Whitcroft 2005). A pool that is nearly free has next to none for the sizes
         * that are asked for, however its largest block compares to the whole.
         *
         * @param length of the prefix
         * @return 0…1; 0 if nothing is free
         * @throws IllegalArgumentException if no prefix of the pool in whole units has that length
         */
        public double unusableShare(int length) {
            Checks.inRange("length", length, pool.length(), unitLength);
            double usable = (double) availableByLength.getOrDefault(length, 0L) * (1L << (unitLength - length));
            return freeUnits == 0 ? 0 : 1 - usable / freeUnits;
        }

        /** Copies the map. */
        public PoolReport {
            availableByLength = java.util.Collections.unmodifiableMap(new TreeMap<>(availableByLength));
        }
    }
}
