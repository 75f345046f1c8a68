package io.foreshard.flowsharder.session;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flows of a session by their numbers. Belongs to the session's event loop. */
final class FlowTable {

    private final IntObjectMap<Flow> flows = new IntObjectHashMap<>();
    private int waiting;
    private long waitCount;

    void add(Flow flow) {
        flows.put(flow.id(), flow);
    }

    @Nullable
    Flow get(int id) {
        return flows.get(id);
    }

    /** A flow's source has to wait, or may go on. */
    void sourceWaits(boolean waits) {
        waiting += waits ? 1 : -1;
        waitCount += waits ? 1 : 0;
    }

    /** Returns how often a source had to wait so far. */
    long waitCount() {
        return waitCount;
    }

    /** Returns whether more is to be sent than legs take. */
    boolean hasWaiting() {
        return waiting > 0;
    }

    int size() {
        return flows.size();
    }

    /** Returns a copy, as what is done to a flow may end it. */
    List<Flow> all() {
        return new ArrayList<>(flows.values());
    }

    /** Forgets a flow about which neither side has anything to tell any more. */
    void retire(Flow flow) {
        if (flow.isOver() && flows.get(flow.id()) == flow) {
            flows.remove(flow.id());
            flow.forget();
        }
    }
}
