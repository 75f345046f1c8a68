package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.wire.JoinToken;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sessions of an egress by their numbers. Any thread. */
final class EgressSessions {

    private final Map<Id, EgressSession> sessions = new ConcurrentHashMap<>();
    private final Function<EventLoop, EgressSession> maker;
    private final int most;

    private record Id(long high, long low) {}

    EgressSessions(int most, Function<EventLoop, EgressSession> maker) {
        this.most = most;
        this.maker = maker;
    }

    /**
     * Finds the session of a token, or makes it on an event loop.
     *
     * @return {@code null} when there are too many
     */
    @Nullable
    EgressSession find(JoinToken token, EventLoop loop) {
        Id id = new Id(token.sessionHigh(), token.sessionLow());
        EgressSession known = sessions.get(id);
        if (known != null || sessions.size() >= most) {
            return known;
        }
        return sessions.computeIfAbsent(id, missing -> maker.apply(loop));
    }

    void remove(EgressSession session) {
        sessions.values().remove(session);
    }

    Iterable<EgressSession> all() {
        return sessions.values();
    }

    int size() {
        return sessions.size();
    }
}
