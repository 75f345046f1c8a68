package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;

/** What became of an address that was given back. */
public sealed interface Release {

    /**
     * It is nobody's, and recorded as such. It rests before somebody else gets it.
     *
     * @param address as it was recorded
     */
    record Done(Allocation address) implements Release {}

    /**
     * Nothing has changed.
     *
     * @param reason why not
     */
    record Refused(HandOutReason reason) implements Release {}
}
