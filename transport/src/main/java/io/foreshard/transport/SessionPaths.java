package io.foreshard.transport;

import java.net.SocketAddress;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one session by their ids, and which of them serves what. A path serves the traffic classes that are at home on it for as
 * long as feedback comes back; those of a dead path, and those without a path of their own, are served by the living one with the
 * lowest id. Confined to one event loop, except for {@link #primary()}.
 */
final class SessionPaths {

    /** Bounds what a peer that opens paths costs; ids at and above it do not exist. */
    static final int MAX_PATHS = 16;

    private final @Nullable SessionPath[] byId = new SessionPath[MAX_PATHS];
    private SessionPath[] open = new SessionPath[0];
    private int closedIds;
    private @Nullable SessionPath lastHeard;
    private @Nullable volatile SessionPath primary;

    /** Returns a path, or {@code null} when there is none under the id. */
    @Nullable
    SessionPath find(int id) {
        return id < MAX_PATHS ? byId[id] : null;
    }

    void add(SessionPath path) {
        byId[path.path.id] = path;
        SessionPath[] more = new SessionPath[open.length + 1];
        System.arraycopy(open, 0, more, 0, open.length);
        more[open.length] = path;
        open = more;
        refresh();
    }

    /** Forgets a path that is closed; its id may be opened again. The last one stays the primary until the session ends. */
    void remove(SessionPath path) {
        byId[path.path.id] = null;
        closedIds |= 1 << path.path.id;
        SessionPath[] fewer = new SessionPath[open.length - 1];
        int kept = 0;
        for (SessionPath each : open) {
            if (each != path) {
                fewer[kept++] = each;
            }
        }
        open = fewer;
        lastHeard = lastHeard == path ? null : lastHeard;
        refresh();
    }

    /** Returns whether a path had an id before; what is late of it must not pass for the start of another. */
    boolean wasClosed(int id) {
        return (closedIds & 1 << id) != 0;
    }

    /** Returns how many paths are open. */
    int count() {
        return open.length;
    }

    /** Returns an open path, those that serve more urgent classes first. */
    SessionPath get(int i) {
        return open[i];
    }

    /** Returns the living path with the lowest id, or the one with the lowest id when none lives; any thread. */
    SessionPath primary() {
        SessionPath first = primary;
        if (first == null) {
            throw new IllegalStateException("paths: 0 (expected: >= 1)");
        }
        return first;
    }

    void onHeard(SessionPath path) {
        lastHeard = path;
    }

    /** Returns the path that heard from the peer last, or the primary. */
    SessionPath lastHeard() {
        SessionPath heard = lastHeard;
        return heard == null ? primary() : heard;
    }

    /** Returns a path that takes a packet about messages now, the last one heard on before others, or {@code null}. */
    @Nullable
    SessionPath forOutcomes() {
        if (lastHeard().canWrite()) {
            return lastHeard();
        }
        for (SessionPath path : open) {
            if (path.canWrite()) {
                return path;
            }
        }
        return null;
    }

    /** Returns the path that messages of a class leave on next. */
    Path serving(OutboundMessage message) {
        int wanted = SendQueues.setOf(message.options.trafficClass());
        for (SessionPath path : open) {
            if ((path.classes() & wanted) != 0) {
                return path.path;
            }
        }
        return primary().path;
    }

    /** Shares out the classes anew, after a path was opened, died or came back. */
    void refresh() {
        SessionPath first = lowest(true);
        int orphans = SendQueues.ALL_CLASSES;
        for (SessionPath path : open) {
            boolean serves = first == null || path.isAlive();
            path.serve(serves ? path.home : 0);
            orphans &= ~path.classes();
        }
        SessionPath fallback = first == null ? lowest(false) : first;
        if (fallback != null) {
            fallback.serve(fallback.classes() | orphans);
            primary = fallback;
        }
        sortByUrgency();
    }

    private @Nullable SessionPath lowest(boolean alive) {
        for (SessionPath path : byId) {
            if (path != null && (path.isAlive() || !alive)) {
                return path;
            }
        }
        return null;
    }

    /** Insertion sort: there are few, and they are nearly in order. */
    private void sortByUrgency() {
        for (int i = 1; i < open.length; i++) {
            SessionPath path = open[i];
            int at = i;
            for (; at > 0 && open[at - 1].urgency() > path.urgency(); at--) {
                open[at] = open[at - 1];
            }
            open[at] = path;
        }
    }

    /** Returns the longest probe time-out of the paths that live. */
    long ptoNanos() {
        long longest = 0;
        for (SessionPath path : open) {
            if (path.isAlive()) {
                longest = Math.max(longest, path.path.rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS));
            }
        }
        return longest > 0 ? longest : primary().path.rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS);
    }

    /** Returns the payload that a shard may have to fit every path. */
    int payloadCapacityBytes() {
        int least = Integer.MAX_VALUE;
        for (SessionPath path : open) {
            least = Math.min(least, path.path.payloadCapacityBytes());
        }
        return least;
    }

    /** Returns whether a living path is known to carry packets of a length. */
    boolean carries(int packetBytes) {
        for (SessionPath path : open) {
            if (path.isAlive() && path.path.isConfirmed(packetBytes)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether packets of an open path already go to a sink. */
    boolean usesSink(PacketSink sink) {
        return on(sink) != null;
    }

    /** Returns the first open path whose packets go to a sink, or {@code null}. */
    @Nullable
    SessionPath on(PacketSink sink) {
        for (SessionPath path : open) {
            if (path.out.sink() == sink) {
                return path;
            }
        }
        return null;
    }

    /** Takes that the session has ended: connections are left. */
    void leave() {
        for (SessionPath path : open) {
            path.out.sink().leave();
        }
    }

    /** Returns the sum of a count over the open paths. */
    long sum(ToLongFunction<SessionPath> count) {
        long sum = 0;
        for (SessionPath path : open) {
            sum += Math.min(count.applyAsLong(path), Long.MAX_VALUE - sum);
        }
        return sum;
    }

    /** Takes that large packets vanish; a mark or a second socket does not change a route's MTU, so all fall together. */
    boolean onBlackHole() {
        boolean fell = false;
        for (SessionPath path : open) {
            fell |= path.path.onBlackHole();
        }
        return fell;
    }

    /** Takes that the system refused a packet as too large; returns whether the MTU fell. */
    boolean onTooLarge(int packetBytes) {
        boolean fell = false;
        for (SessionPath path : open) {
            fell |= path.path.onTooLarge(packetBytes);
        }
        return fell;
    }

    /** Finds losses and time-outs of all paths. */
    void service(long nowNanos) {
        for (SessionPath path : open) {
            path.service(nowNanos);
        }
    }

    /** Lets leave what may; returns when to call again, or {@link Long#MAX_VALUE}. */
    long pump(long nowNanos) {
        long again = Long.MAX_VALUE;
        for (SessionPath path : open) {
            again = Math.min(again, path.pump(nowNanos));
        }
        return again;
    }

    long deadlineNanos(long nowNanos) {
        long soonest = Long.MAX_VALUE;
        for (SessionPath path : open) {
            soonest = Math.min(soonest, path.deadlineNanos(nowNanos));
        }
        return soonest;
    }

    void onStep(long nowNanos) {
        for (SessionPath path : open) {
            path.onStep(nowNanos);
        }
    }

    boolean hasRoomAgain() {
        boolean any = false;
        for (SessionPath path : open) {
            any |= path.hasRoomAgain();
        }
        return any;
    }

    void flush() {
        for (SessionPath path : open) {
            path.out.flush();
        }
    }

    /** Takes the peer's new address: the paths of a session share a local port, hence a NAT's binding, and move together. */
    void move(SocketAddress before, SocketAddress after) {
        for (SessionPath path : open) {
            if (path.path.remote().equals(before)) {
                path.path.moveTo(after);
            }
        }
    }
}
