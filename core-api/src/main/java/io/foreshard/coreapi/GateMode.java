package io.foreshard.coreapi;

/** Whether forecasts may decide. */
public enum GateMode {
    /** They decide when they have proven that it pays. */
    FREE,
    /** They never decide; everything stays reactive. */
    SHUT
}
