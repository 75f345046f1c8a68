package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;

/**
 * Who has a range of addresses, and since when.
 *
 * @param kind a shard, or an address within one
 * @param prefix the range
 * @param subdivision who it is for
 * @param handle what it is released by: unique among the living allocations of its kind
 * @param status where it stands in its life
 * @param sequence grows whenever the prefix changes status, and from one owner to the next: tells a late release from one of today's owner
 * @param sinceMillis when it came to this status, in milliseconds since 1970
 */
public record Allocation(
        AllocationKind kind,
        Prefix prefix,
        String subdivision,
        String handle,
        AllocationStatus status,
        long sequence,
        long sinceMillis) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the sequence is below 1, or an allocation of an address is a range
     */
    public Allocation {
        Checks.positive("sequence", sequence);
        Checks.require(kind == AllocationKind.SHARD || prefix.isAddress(), "prefix", prefix, "a single address");
    }
}
