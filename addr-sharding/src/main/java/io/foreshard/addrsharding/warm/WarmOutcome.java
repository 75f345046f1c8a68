package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.spi.Allocation;

/** What came of asking a {@link WarmPool} for an address. */
public sealed interface WarmOutcome {

    /**
     * An address was handed out.
     *
     * @param address confirmed, with a sequence by which it is released
     * @param isNew false if the handle had it before, as recorded
     */
    record Handed(Allocation address, boolean isNew) implements WarmOutcome {}

    /** There was none. */
    enum Missed implements WarmOutcome {
        /** No address is warm. */
        NONE_WARM,
        /** Those that are were released only just now. */
        ALL_COOLING,
        /** The handle has one that is not recorded yet. */
        ON_ITS_WAY
    }
}
