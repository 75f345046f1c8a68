package io.foreshard.addrsharding.spi;

import java.util.Optional;

/** What became of a change that was to be recorded. */
public sealed interface AppendOutcome {

    /**
     * It is recorded durably, and survives a loss of power.
     *
     * @param change the change with its revision
     */
    record Committed(AllocationChange change) implements AppendOutcome {}

    /**
     * Something else stands than the change expects. Nothing was recorded.
     *
     * @param standing what stands; empty if nobody has the prefix
     * @param floor for a prefix that nobody has, the least sequence to expect; see {@link AllocationStore#append}
     */
    record Conflict(Optional<Allocation> standing, long floor) implements AppendOutcome {}

    /**
     * The store could not record it.
     *
     * @param failure why
     * @param inDoubt whether it may turn out to be recorded when the store is opened again; otherwise it is not
     */
    record Unavailable(StoreFailure failure, boolean inDoubt) implements AppendOutcome {}
}
