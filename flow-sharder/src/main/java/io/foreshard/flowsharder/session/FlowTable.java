package io.foreshard.flowsharder.session;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flows of a session by their numbers. Belongs to the session's event loop. */
final class FlowTable {

    private final IntObjectMap<Flow> flows = new IntObjectHashMap<>();

    void add(Flow flow) {
        flows.put(flow.id(), flow);
    }

    @Nullable
    Flow get(int id) {
        return flows.get(id);
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
