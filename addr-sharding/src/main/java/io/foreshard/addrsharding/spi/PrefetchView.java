package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;

/**
 * What a {@link PrefetchPolicy} knows of a subdivision.
 *
 * @param subdivision its name
 * @param nowMillis the time, in milliseconds since 1970
 * @param stock what it has
 * @param outlook what it is expected to ask for
 */
public record PrefetchView(String subdivision, long nowMillis, Stock stock, DemandOutlook outlook) {

    /**
     * The addresses of a subdivision.
     *
     * @param shards how many address shards are assigned
     * @param capacity how many addresses these have that are not in use: the most that can be warm or ordered
     * @param warm how many can be handed out at once
     * @param ordered how many are on their way to be warm
     * @param backlog how many VMs wait for an address
     */
    public record Stock(int shards, int capacity, int warm, int ordered, int backlog) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is below 0
         */
        public Stock {
            Checks.notNegative("shards", shards);
            Checks.notNegative("capacity", capacity);
            Checks.notNegative("warm", warm);
            Checks.notNegative("ordered", ordered);
            Checks.notNegative("backlog", backlog);
        }
    }
}
