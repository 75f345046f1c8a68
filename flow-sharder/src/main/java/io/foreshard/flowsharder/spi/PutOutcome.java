package io.foreshard.flowsharder.spi;

/** What became of a map that was to be stored. */
public enum PutOutcome {
    /** It is stored. */
    STORED,
    /** Another version is stored than expected: read it, decide anew, and try again. */
    CONFLICT,
    /** A later epoch is stored: who holds this map has been replaced, and stops. */
    STALE_EPOCH,
    /** The store holds as many maps as it may. */
    FULL
}
