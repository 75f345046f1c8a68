package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import io.foreshard.flowsharder.session.Session;
import io.foreshard.flowsharder.session.SessionListener;
import io.foreshard.flowsharder.wire.JoinToken;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session at the egress: which legs were opened how often, and connections to targets for its flows. On its event loop. */
final class EgressSession implements SessionListener {

    /** Older tokens of legs that were forgotten have expired by then. */
    private static final int REMEMBERED_LEGS = 4096;

    /** An edge whose first leg failed at once comes back sooner. */
    private static final long UNHEARD_NANOS = 5_000_000_000L;

    private final EgressLoop loop;
    private final long instance;
    private final Session session;
    private final Map<Integer, Integer> epochs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > REMEMBERED_LEGS;
        }
    };
    private long lastLegNanos;
    private boolean heard;

    EgressSession(EgressLoop loop, long instance) {
        this.loop = loop;
        this.instance = instance;
        session = new Session(loop.setup(), this, loop.clock().nowNanos());
        lastLegNanos = loop.clock().nowNanos();
    }

    EgressLoop loop() {
        return loop;
    }

    Session session() {
        return session;
    }

    /** Returns the number by which the other edge knows whether we still know its flows; never 0. */
    long instance() {
        return instance;
    }

    /** Returns whether a token opens its leg more recently than any before, and remembers it. */
    boolean isNewest(JoinToken token) {
        Integer before = epochs.get(token.leg());
        if (before != null && Integer.compareUnsigned(token.epoch(), before) <= 0) {
            return false;
        }
        epochs.put(token.leg(), token.epoch());
        return true;
    }

    void onJoined() {
        lastLegNanos = loop.clock().nowNanos();
    }

    /**
     * Returns whether nobody has used it for so long that it can be forgotten. That is soon where nothing was ever said: whoever has copied a
     * token can have a session by it, but say nothing in it.
     */
    boolean isAbandoned(long nanos) {
        return session.flowCount() == 0
                && session.legs().isEmpty()
                && loop.clock().nowNanos() - lastLegNanos > (heard ? nanos : Math.min(nanos, UNHEARD_NANOS));
    }

    @Override
    public void onFlow(Flow flow, String target) {
        loop.targets().connect(flow, target);
    }

    @Override
    public void onLegGone(Leg leg, LegEndReason reason) {
        lastLegNanos = loop.clock().nowNanos();
        heard |= leg.isConfirmed();
    }
}
