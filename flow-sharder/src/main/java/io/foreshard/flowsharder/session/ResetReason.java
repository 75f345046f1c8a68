package io.foreshard.flowsharder.session;

/** Why a flow was ended at once; told to the other side. */
public enum ResetReason {
    /** The connection at the other end was reset. */
    CONNECTION_RESET(1),
    /** The target refused the connection, or could not be reached. */
    TARGET_UNREACHABLE(2),
    /** The target may not be reached by way of this egress. */
    TARGET_FORBIDDEN(3),
    /** There are too many flows. */
    TOO_MANY_FLOWS(4),
    /** What came cannot be a stream: it ended twice, or went on behind its end. */
    CONTRADICTION(5),
    /** No leg came back in time. */
    NO_LEG(6),
    /** The other edge does not know the session any more. */
    SESSION_LOST(7),
    /** The session was closed. */
    CLOSED(8),
    /** The egress has no room for one more: no memory, or too many names wait to be looked up. */
    NO_ROOM(9),
    /** The other edge does not know the flow. */
    FLOW_LOST(10),
    /** A reason that this version does not know. */
    UNKNOWN(0xffff);

    private final int code;

    ResetReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ResetReason of(int code) {
        for (ResetReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
