package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.warm.ExcludedAddresses;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.runtime.Checks;
import java.nio.charset.StandardCharsets;

/**
 * What addresses a subdivision gets. One of both families has two of these.
 *
 * @param subdivision its name
 * @param family of addresses
 * @param shardLength length of the prefixes of its shards
 * @param maxShards how many it may have at once, up to {@value WarmPool#MAX_SHARDS}
 * @param excluded which of its addresses are handed out to nobody; some of each shard have to be left
 */
public record SubdivisionSettings(
        String subdivision, AddressFamily family, int shardLength, int maxShards, ExcludedAddresses excluded) {

    /** The largest shard: of 2^{@value} addresses machines are handed out; what is behind them stays unused. */
    static final int MAX_LOG2_ADDRESSES = 16;

    /** What every store keeps of a name. */
    private static final int MAX_NAME_BYTES = 255;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SubdivisionSettings {
        boolean isName = !subdivision.isBlank() && isRecordable(subdivision);
        Checks.require(isName, "subdivision", subdivision, "a name of up to " + MAX_NAME_BYTES + " bytes");
        Checks.inRange("shardLength", shardLength, 1, family.bits());
        Checks.inRange("maxShards", maxShards, 1, WarmPool.MAX_SHARDS);
        Checks.require(
                addresses(family, shardLength, excluded) > 0,
                "excluded",
                excluded.first() + " first and " + excluded.last() + " last",
                "some address of each /" + shardLength + " left");
    }

    /**
     * Settings by which all addresses are handed out.
     *
     * @param subdivision its name
     * @param family of addresses
     * @param shardLength length of the prefixes of its shards
     * @param maxShards how many it may have at once, up to {@value WarmPool#MAX_SHARDS}
     * @throws IllegalArgumentException if a value is out of range
     */
    public SubdivisionSettings(String subdivision, AddressFamily family, int shardLength, int maxShards) {
        this(subdivision, family, shardLength, maxShards, ExcludedAddresses.NONE);
    }

    /**
     * Returns these settings with other addresses that are handed out to nobody.
     *
     * @param excludes replaces what was excluded
     * @throws IllegalArgumentException if no address of a shard would be left
     */
    public SubdivisionSettings excluding(ExcludedAddresses excludes) {
        return new SubdivisionSettings(subdivision, family, shardLength, maxShards, excludes);
    }

    /** Returns whether a store can keep a name. */
    static boolean isRecordable(String name) {
        return name.length() <= MAX_NAME_BYTES
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /** Returns how many addresses of a shard are handed out at most. */
    int addresses() {
        return addresses(family, shardLength, excluded);
    }

    private static int addresses(AddressFamily family, int shardLength, ExcludedAddresses excluded) {
        int log2 = family.bits() - shardLength;
        int last = log2 > MAX_LOG2_ADDRESSES ? 0 : excluded.last();
        return (1 << Math.min(MAX_LOG2_ADDRESSES, log2)) - excluded.first() - last;
    }

    /** Returns a name for people, by which the prefetcher is also told of its demand. */
    public String label() {
        return subdivision + ' ' + family;
    }
}
