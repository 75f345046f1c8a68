package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;

/** What became of a request for an address. */
public sealed interface HandOut {

    /**
     * The address is the machine's, and recorded as such.
     *
     * @param address a single address; release it by its handle and sequence
     */
    record Given(Allocation address) implements HandOut {}

    /**
     * There was none, and nothing has changed.
     *
     * @param reason why not
     */
    record Refused(HandOutReason reason) implements HandOut {}
}
