package io.foreshard.flowsharder.session;

/** Why a leg is gone. */
public enum LegEndReason {
    /** Both sides left it. */
    LEFT,
    /** Its connection was closed or reset. */
    CONNECTION_LOST,
    /** Nothing came back for too long. */
    SILENT,
    /** What came over it was wrong, see the counters. */
    BAD_FRAME,
    /** The other side said that it had everything, and did not read for too long. */
    CLOGGED,
    /** The same leg was opened anew. */
    REPLACED,
    /** The session was closed. */
    SESSION_CLOSED
}
