package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.runtime.Checks;

/**
 * What addresses a subdivision gets. One of both families has two of these.
 *
 * @param subdivision its name
 * @param family of addresses
 * @param shardLength length of the prefixes of its shards
 * @param maxShards how many it may have at once
 */
public record SubdivisionSettings(String subdivision, AddressFamily family, int shardLength, int maxShards) {

    /** The largest shard: of 2^{@value} addresses machines are handed out; what is behind them stays unused. */
    static final int MAX_LOG2_ADDRESSES = 16;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SubdivisionSettings {
        Checks.require(!subdivision.isBlank(), "subdivision", subdivision, "a name");
        Checks.inRange("shardLength", shardLength, 1, family.bits());
        Checks.positive("maxShards", maxShards);
    }

    /** Returns how many addresses of a shard are handed out at most. */
    int addresses() {
        return 1 << Math.min(MAX_LOG2_ADDRESSES, family.bits() - shardLength);
    }

    /** Returns a name for people, and for what keeps a series for each. */
    String label() {
        return subdivision + ' ' + family;
    }
}
