package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Connections that have shown no token yet, the oldest first: so many and no more. Belongs to one event loop. */
final class Strangers {

    private final Set<AcceptedLeg> waiting = new LinkedHashSet<>();
    private final int most;

    Strangers(int most) {
        this.most = most;
    }

    /** One more came; the oldest goes if there are too many. */
    void add(AcceptedLeg stranger) {
        if (waiting.size() >= most) {
            Iterator<AcceptedLeg> oldestFirst = waiting.iterator();
            AcceptedLeg oldest = oldestFirst.next();
            oldestFirst.remove();
            oldest.fail(FlowSharderReason.TOO_MANY_JOINING);
        }
        waiting.add(stranger);
    }

    /** It is known now, or gone. */
    void remove(AcceptedLeg stranger) {
        waiting.remove(stranger);
    }
}
