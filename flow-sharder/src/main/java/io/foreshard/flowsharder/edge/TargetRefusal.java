package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.ResetReason;

/** Why there is no connection to a target. */
public enum TargetRefusal {
    /** It refused the connection, did not answer in time, or has no address. */
    UNREACHABLE,
    /** It may not be reached by way of this egress. */
    FORBIDDEN,
    /** There are too many flows, or the egress has no room for one more. */
    TOO_MANY_FLOWS,
    /** The egress cannot be reached, or forgot the flow. */
    NO_EGRESS;

    static TargetRefusal of(ResetReason reason) {
        return switch (reason) {
            case TARGET_FORBIDDEN -> FORBIDDEN;
            case TOO_MANY_FLOWS, NO_ROOM -> TOO_MANY_FLOWS;
            case NO_LEG, SESSION_LOST, FLOW_LOST, CLOSED -> NO_EGRESS;
            case CONNECTION_RESET, TARGET_UNREACHABLE, CONTRADICTION, UNKNOWN -> UNREACHABLE;
        };
    }
}
