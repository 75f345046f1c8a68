package io.foreshard.flowsharder.spi;

/** What a flow is for, as far as that decides how it is carried. */
public enum FlowKind {
    /** Too little is known. */
    UNKNOWN,
    /** Somebody waits for each answer: what counts is how soon little arrives. */
    INTERACTIVE,
    /** Much is moved: what counts is when all has arrived. */
    BULK
}
