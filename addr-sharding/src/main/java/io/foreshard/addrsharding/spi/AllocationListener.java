package io.foreshard.addrsharding.spi;

/** Told of every change that a store has recorded. */
@FunctionalInterface
public interface AllocationListener {

    /**
     * A change is recorded durably. Called in order of revision, by one thread at a time; must not block.
     *
     * @param change what was recorded
     */
    void committed(AllocationChange change);
}
