package io.foreshard.addrsharding.spi;

import org.jspecify.annotations.Nullable;

/** What became of a request to an {@link AddressShardAllocator}. */
public sealed interface ShardOutcome {

    /**
     * It was done, and recorded as one {@link AllocationChange}.
     *
     * @param allocation what holds from now on
     */
    record Changed(Allocation allocation) implements ShardOutcome {}

    /**
     * It had been done before: who repeats a request does no harm.
     *
     * @param allocation what holds; null if the shard has been given back for good since
     */
    record Unchanged(@Nullable Allocation allocation) implements ShardOutcome {}

    /**
     * It was not done, and nothing has changed.
     *
     * @param reason why not
     */
    record Refused(RefusalReason reason) implements ShardOutcome {}
}
