package io.foreshard.addrsharding.route;

import java.util.List;

/**
 * What a router says of its session with a neighbour.
 *
 * @param neighbour its name in the plan
 * @param isEstablished whether routes are exchanged
 * @param detail the state in words of the router, for people
 * @param sent what it sends there; nothing if the session is not established
 */
public record SessionState(String neighbour, boolean isEstablished, String detail, List<SentRoute> sent) {

    /** Copies the list; shortens the detail to one printable line. */
    public SessionState {
        detail = Printable.of(detail);
        sent = List.copyOf(sent);
    }

    /**
     * Returns a session that is not there.
     *
     * @param neighbour its name in the plan
     * @param detail why, in words of the router
     */
    public static SessionState down(String neighbour, String detail) {
        return new SessionState(neighbour, false, detail, List.of());
    }
}
