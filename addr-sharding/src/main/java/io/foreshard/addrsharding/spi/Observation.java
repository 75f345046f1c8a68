package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.route.SessionState;
import java.util.List;

/** What became of a look at a router. */
public sealed interface Observation {

    /**
     * It answered.
     *
     * @param sessions one for each neighbour of the plan, in its order
     */
    record Seen(List<SessionState> sessions) implements Observation {

        /** Copies the list. */
        public Seen {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * It did not answer, or not in a way that can be understood.
     *
     * @param reason why, for people
     */
    record Unreadable(String reason) implements Observation {}
}
