package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.spi.Allocation;

/**
 * Is told of each address before it is handed out, and before one that was released can be handed out again: the place to record it durably. Called
 * on the threads that ask, by many at once, without a lock held.
 */
@FunctionalInterface
public interface AddressListener {

    /** Records nothing. */
    AddressListener NONE = allocation -> {};

    /**
     * Takes what holds from now on.
     *
     * @param allocation confirmed, or cooling; its sequence is one above the one before
     * @throws RuntimeException if it could not be recorded: an address that was to be handed out is free again, and one that was to be
     *     released stays out of use
     */
    void changed(Allocation allocation);
}
