package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;

/**
 * One step in the life of an allocation, as it is recorded. All changes in order of revision, each replacing what was known of its prefix,
 * give the state again.
 *
 * @param revision 1 for the first change of a store, one more for each
 * @param allocation what holds from now on; {@link AllocationStatus#FREE} ends it
 * @param expectedSequence what the sequence of the allocation was to be before, or the floor if there was none, see
 *     {@link AllocationStore#append}; 0 for the first of all: a store refuses a change that expects something else (compare and swap)
 */
public record AllocationChange(long revision, Allocation allocation, long expectedSequence) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the revision is below 1, or the sequence does not grow by 1 where there was one before
     */
    public AllocationChange {
        Checks.positive("revision", revision);
        if (expectedSequence != 0 && allocation.sequence() != expectedSequence + 1) {
            throw new IllegalArgumentException(
                    "expectedSequence: " + expectedSequence + " (expected: " + (allocation.sequence() - 1) + ")");
        }
    }
}
