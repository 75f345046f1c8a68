package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses that are handed out to nobody, such as those of networks, broadcasts and gateways. Who has one already keeps it until it is
 * released.
 *
 * @param first how many at the start of each shard
 * @param last how many at the end of each shard
 * @param ranges single addresses or ranges, of any shard; those of other shards and families do no harm
 */
public record ExcludedAddresses(int first, int last, List<Prefix> ranges) {

    /** All addresses are handed out. */
    public static final ExcludedAddresses NONE = new ExcludedAddresses(0, 0, List.of());

    private static final int MOST_RANGES = 10_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ExcludedAddresses {
        Checks.inRange("first", first, 0, WarmPool.MAX_WARM_PER_SHARD);
        Checks.inRange("last", last, 0, WarmPool.MAX_WARM_PER_SHARD);
        Checks.inRange("ranges", ranges.size(), 0, MOST_RANGES);
        ranges = List.copyOf(ranges);
    }

    /**
     * Returns these without the ends of each shard, such as 1 and 1 for the addresses of an IPv4 network and its broadcast.
     *
     * @param firstOfShard how many at its start, up to 2^20
     * @param lastOfShard how many at its end, up to 2^20
     * @throws IllegalArgumentException if a number is out of range
     */
    public ExcludedAddresses andEnds(int firstOfShard, int lastOfShard) {
        return new ExcludedAddresses(firstOfShard, lastOfShard, ranges);
    }

    /**
     * Returns these and a range.
     *
     * @param range a prefix, or a single address
     * @throws IllegalArgumentException if there are more than 10,000
     */
    public ExcludedAddresses and(Prefix range) {
        List<Prefix> more = new ArrayList<>(ranges);
        more.add(range);
        return new ExcludedAddresses(first, last, more);
    }
}
