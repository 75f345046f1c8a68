package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/** Some flows of a wheel's slot, first in, first out. */
final class FlowChunk {

    private static final int CAPACITY = 16;

    @Nullable
    FlowChunk next;

    private final @Nullable Flow[] flows = new Flow[CAPACITY];
    /** Where they go from here: kept beside the flows, which thus need not be touched to be moved. */
    private final long[] ticks = new long[CAPACITY];

    private int first;
    private int end;
    private boolean isWarm;

    boolean isEmpty() {
        return first == end;
    }

    boolean isFull() {
        return end == CAPACITY;
    }

    void append(Flow flow, long tick) {
        flows[end] = flow;
        ticks[end] = tick;
        end++;
    }

    /** Returns the tick of the first flow. */
    long firstTick() {
        return ticks[first];
    }

    /** Removes the first flow; there must be one. */
    @SuppressWarnings("NullAway") // By contract.
    Flow removeFirst() {
        Flow flow = flows[first];
        flows[first++] = null;
        return flow;
    }

    /** Reads what serving its flows takes, once: all flows, then all packets; none of these reads waits for another flow's. */
    int warm(PacketSlab packets) {
        if (isWarm) {
            return 0;
        }
        isWarm = true;
        int read = next == null ? 0 : next.end;
        for (int index = first; index < end; index++) {
            Flow flow = flows[index];
            read += flow == null ? 0 : flow.warmState();
        }
        for (int index = first; index < end; index++) {
            Flow flow = flows[index];
            if (flow != null && flow.hasPackets()) {
                read += packets.warm(flow.first());
            }
        }
        return read;
    }

    void reset() {
        first = 0;
        end = 0;
        isWarm = false;
    }
}
