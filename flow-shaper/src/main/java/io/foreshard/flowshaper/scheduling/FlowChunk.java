package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/** Some flows of a wheel's slot, first in, first out. */
final class FlowChunk {

    private static final int CAPACITY = 16;

    @Nullable
    FlowChunk next;

    private final @Nullable Flow[] flows = new Flow[CAPACITY];
    private int first;
    private int end;
    private boolean warm;

    boolean isEmpty() {
        return first == end;
    }

    boolean isFull() {
        return end == CAPACITY;
    }

    void append(Flow flow) {
        flows[end++] = flow;
    }

    /** Removes the first flow; there must be one. */
    @SuppressWarnings("NullAway") // By contract.
    Flow removeFirst() {
        Flow flow = flows[first];
        flows[first++] = null;
        return flow;
    }

    /** Reads the flows and their packets, once; none of these reads waits for another flow's. */
    int warm(PacketSlab packets) {
        if (warm) {
            return 0;
        }
        warm = true;
        int read = 0;
        for (int index = first; index < end; index++) {
            Flow flow = flows[index];
            read += flow == null ? 0 : flow.warm(packets);
        }
        return read;
    }

    void reset() {
        first = 0;
        end = 0;
        warm = false;
    }
}
