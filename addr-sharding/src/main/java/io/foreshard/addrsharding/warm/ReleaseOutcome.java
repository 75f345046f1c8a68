package io.foreshard.addrsharding.warm;

/** What came of giving an address back. */
public enum ReleaseOutcome {
    /** It is free, and cools. */
    RELEASED,
    /** It was given back before; it may belong to somebody else by now, and stays what it is. */
    RELEASED_BEFORE,
    /** It is not of this pool. */
    FOREIGN
}
