package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have shown no token yet: so many and no more. One too many closes the oldest from where most of them come, so that a
 * flood from one place pushes out itself. Belongs to one event loop.
 */
final class Strangers {

    private static final Comparator<Origin> FIRST_TO_LOSE_ONE =
            Comparator.comparingInt((Origin origin) -> -origin.waiting.size()).thenComparingLong(Origin::oldest);

    private final Map<Object, Origin> origins = new HashMap<>();
    private final NavigableSet<Origin> ranked = new TreeSet<>(FIRST_TO_LOSE_ONE);
    private final Map<AcceptedLeg, Origin> waiting = new HashMap<>();
    private final int most;
    private long came;

    Strangers(int most) {
        this.most = most;
    }

    /** Those of one address, by when they came. */
    private static final class Origin {
        private final Object name;
        private final Map<AcceptedLeg, Long> waiting = new LinkedHashMap<>();

        Origin(Object name) {
            this.name = name;
        }

        long oldest() {
            return waiting.values().iterator().next();
        }
    }

    /** One more came; one goes if there are too many. */
    void add(AcceptedLeg stranger, @Nullable SocketAddress from) {
        Origin origin = origins.computeIfAbsent(name(from), Origin::new);
        if (!origin.waiting.isEmpty()) {
            ranked.remove(origin);
        }
        origin.waiting.put(stranger, came++);
        ranked.add(origin);
        waiting.put(stranger, origin);
        if (waiting.size() > most) {
            AcceptedLeg oldest = ranked.first().waiting.keySet().iterator().next();
            remove(oldest);
            oldest.fail(FlowSharderReason.TOO_MANY_JOINING);
        }
    }

    /** Whoever has one address of IPv6 usually has the 2^64 that share its first half. */
    private static Object name(@Nullable SocketAddress from) {
        if (!(from instanceof InetSocketAddress known) || known.getAddress() == null) {
            return "";
        }
        return known.getAddress() instanceof Inet6Address wide
                ? Long.valueOf(ByteBuffer.wrap(wide.getAddress()).getLong())
                : known.getAddress();
    }

    /** It is known now, or gone. */
    void remove(AcceptedLeg stranger) {
        Origin origin = waiting.remove(stranger);
        if (origin == null) {
            return;
        }
        ranked.remove(origin);
        origin.waiting.remove(stranger);
        if (origin.waiting.isEmpty()) {
            origins.remove(origin.name);
        } else {
            ranked.add(origin);
        }
    }
}
