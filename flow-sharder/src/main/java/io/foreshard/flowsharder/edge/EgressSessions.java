package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.wire.JoinToken;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sessions of an egress by their numbers. Any thread. */
final class EgressSessions {

    private final Map<Id, EgressSession> sessions = new ConcurrentHashMap<>();
    private final Function<EventLoop, EgressSession> maker;
    private final Consumer<EgressSession> beginner;
    private final int most;
    private volatile boolean stopped;

    private record Id(long high, long low) {}

    /**
     * Makes room for sessions.
     *
     * @param most of them
     * @param maker makes one that does nothing yet, perhaps in vain
     * @param beginner has one begin that may be found
     */
    EgressSessions(int most, Function<EventLoop, EgressSession> maker, Consumer<EgressSession> beginner) {
        this.most = most;
        this.maker = maker;
        this.beginner = beginner;
    }

    /**
     * Finds the session of a token, or makes it on an event loop.
     *
     * @return {@code null} when there are too many, or no more may come
     */
    @Nullable
    EgressSession find(JoinToken token, EventLoop loop) {
        Id id = new Id(token.sessionHigh(), token.sessionLow());
        EgressSession known = sessions.get(id);
        if (known != null || stopped || sessions.size() >= most) {
            return known;
        }
        EgressSession made = maker.apply(loop);
        EgressSession sooner = sessions.putIfAbsent(id, made);
        if (sooner != null) {
            return sooner;
        }
        beginner.accept(made);
        return made;
    }

    /** Lets no more come. Who comes at the same time is ended by its first beat. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
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
