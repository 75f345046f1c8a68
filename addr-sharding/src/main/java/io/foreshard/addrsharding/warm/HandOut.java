package io.foreshard.addrsharding.warm;

/** What came of asking a {@link WarmPool} for an address. */
public sealed interface HandOut permits Lease, HandOut.Missed {

    /** Why there was none. */
    enum Missed implements HandOut {
        /** No address is warm. */
        NONE_WARM,
        /** Those that are were released only just now. */
        ALL_COOLING
    }
}
