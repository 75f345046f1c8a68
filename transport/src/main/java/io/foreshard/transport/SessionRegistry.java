package io.foreshard.transport;

import io.foreshard.runtime.KeyedLongMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one loop and how many there may be: those that peers open, in all and from one address, and those that this side
 * opens, so that strangers cannot use up what the application needs. Confined to one event loop.
 */
final class SessionRegistry {

    private static final int INITIAL_CAPACITY = 16;

    private final int maxSessions;
    private final int maxSessionsPerAddress;
    private final KeyedLongMap<SessionEngine> byId;
    private final KeyedLongMap<SessionEngine> byInitiator;
    private final Map<InetAddress, Integer> acceptedFrom = new HashMap<>();

    SessionRegistry(int maxSessions, int maxSessionsPerAddress, SessionSecrets keys) {
        this.maxSessions = maxSessions;
        this.maxSessionsPerAddress = maxSessionsPerAddress;
        this.byId = new KeyedLongMap<>(keys.hashKey0(), keys.hashKey1(), INITIAL_CAPACITY);
        this.byInitiator = new KeyedLongMap<>(keys.hashKey1(), keys.hashKey0(), INITIAL_CAPACITY);
    }

    boolean mayAccept(SocketAddress from) {
        InetAddress address = addressOf(from);
        int already = address == null ? 0 : acceptedFrom.getOrDefault(address, 0);
        return byInitiator.size() < maxSessions && already < maxSessionsPerAddress;
    }

    boolean mayConnect() {
        return byId.size() - byInitiator.size() < maxSessions;
    }

    @Nullable
    SessionEngine get(long id) {
        return byId.get(id);
    }

    /** Returns the session that a peer has opened under an id of its choice, or {@code null}. */
    @Nullable
    SessionEngine openedBy(long initiatorId) {
        return byInitiator.get(initiatorId);
    }

    void add(SessionEngine session) {
        byId.put(session.id(), session);
        if (session.initiatorId() != 0) {
            byInitiator.put(session.initiatorId(), session);
            InetAddress address = addressOf(session.openedFrom());
            if (address != null) {
                acceptedFrom.merge(address, 1, Integer::sum);
            }
        }
    }

    void remove(SessionEngine session) {
        if (byId.remove(session.id()) == null || session.initiatorId() == 0) {
            return;
        }
        byInitiator.remove(session.initiatorId());
        InetAddress address = addressOf(session.openedFrom());
        if (address != null) {
            acceptedFrom.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        }
    }

    List<SessionEngine> all() {
        List<SessionEngine> all = new ArrayList<>(byId.size());
        byId.forEach((id, session) -> all.add(session));
        return all;
    }

    private static @Nullable InetAddress addressOf(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
