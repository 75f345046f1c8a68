package io.foreshard.flowsharder.relay;

import io.foreshard.coreapi.Reason;

/** Why a relay refused or ended a connection. One counter each. */
public enum RelayReason implements Reason {
    /** What came first is no header of a route, or ended within one. The connection was closed. */
    MALFORMED_ROUTE("Look who connects: this is no edge of ours, or one of another version."),
    /** No whole header came in time. The connection was closed. */
    SLOW_ROUTE("Look who connects: somebody opens connections and says nothing."),
    /** A header was not signed with our key. The connection was closed. */
    FORGED_ROUTE("Compare the keys of edges and relay; otherwise look who connects."),
    /** A header was too old. The connection was closed. */
    EXPIRED_ROUTE(
            "Compare the clocks of edges and relay, or let headers live longer; otherwise somebody replays them."),
    /** The relay may not connect to the next hop, or it is no address. The connection was closed. */
    NEXT_HOP_REFUSED("Allow the next hop at the relay, or take it out of the edges' lists."),
    /** The next hop refused the connection, or did not answer in time. The connection was reset. */
    NEXT_HOP_UNREACHABLE("Look whether the next hop runs and can be reached from the relay."),
    /** As many connections as allowed are open. The new one was closed. */
    TOO_MANY_CONNECTIONS("Raise the relay's limit, or add relays."),
    /** A connection came while the relay drains. It was closed. */
    DRAINING("None: the relay is about to end. Take it out of the edges' lists first."),
    /** The system gave no socket for a connection that waits. The relay tries again by and by. */
    ACCEPT_FAILED("Raise the limit of open files, or lower the relay's limit of connections."),
    /** There was no memory, or no file descriptor, to pass bytes on through. The relay tries again by and by. */
    STARVED("Raise the limits of direct memory and of open files, or lower the relay's limit of connections."),
    /** One side broke its connection. The other side was reset as well. */
    BROKEN_LEG("None if an edge or a relay was ended; otherwise look at the network between them.");

    private final String operatorAction;

    RelayReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
