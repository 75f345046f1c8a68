package io.foreshard.flowsharder.accept;

import io.foreshard.coreapi.Reason;

/** Why a connection that asked for a target was not carried to it. One counter each. */
public enum AcceptReason implements Reason {
    /** What came is not the protocol that is spoken here. The client was told, if it could be, and the connection closed. */
    MALFORMED_REQUEST("Look who connects: this is a client of another protocol, or none."),
    /** A request was longer than any may be. The connection was closed. */
    OVERSIZE_REQUEST("Look who connects; raise the limit if a client of yours sends long headers."),
    /** No whole request came in time. The connection was closed. */
    SLOW_REQUEST("Look who connects: somebody opens connections and says little."),
    /** The client left before its request was whole. */
    GONE_EARLY("None now and then; if it lasts, look who connects."),
    /** The client asked for something else than a connection. It was told so. */
    UNSUPPORTED_REQUEST("Configure the client: neither other methods, BIND nor UDP are served here."),
    /** The client did not show a name and password that are known. It was told so. */
    NOT_ALLOWED("Give the client a name and password; if it has none of yours, look who connects."),
    /** The target's name is none. The client was told so. */
    BAD_TARGET("Look at the client: it asks for targets that cannot exist."),
    /** The egress could not connect to the target, or may not. The client was told so. */
    NOT_CONNECTED("Look whether the target can be reached from the egress, and the egress from here."),
    /** As many connections as may wait did so with their requests. One more was closed. */
    TOO_MANY_WAITING("Look who opens so many and says little, or raise the limit.");

    private final String operatorAction;

    AcceptReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
