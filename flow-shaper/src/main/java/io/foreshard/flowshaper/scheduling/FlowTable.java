package io.foreshard.flowshaper.scheduling;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Flows by lane and 5-tuple: open addressing with linear probing, a byte of the hash beside each slot so that a stranger's flow is
 * hardly ever touched, and no tombstones. A hand goes round the table and removes flows that were idle for too long; a flow with
 * packets queued stays.
 */
final class FlowTable {

    private static final int SMALLEST = 16;
    private static final int EVICTION_LOOKS = 1024;
    /** To look at a flow costs a cache miss, to look at an empty slot hardly anything. */
    private static final int EVICTION_BUSY = 32;

    private static final int GOLDEN_RATIO = 0x9e3779b9;

    private final FlowHash hash;
    private final int maxFlows;
    private final int idleTicks;
    private @Nullable Flow[] flows = new Flow[SMALLEST];
    private byte[] tags = new byte[SMALLEST];
    private int size;
    private int hand;

    FlowTable(FlowHash hash, int maxFlows, int idleTicks) {
        this.hash = hash;
        this.maxFlows = maxFlows;
        this.idleTicks = idleTicks;
    }

    int size() {
        return size;
    }

    @Nullable
    Flow get(Lane lane, FlowKey key) {
        return get(lane, key, hash(lane, key));
    }

    /** Returns a flow, given what {@link #hash} says of it. */
    @Nullable
    Flow get(Lane lane, FlowKey key, int hashed) {
        return flows[find(lane, key, hashed)];
    }

    /** Reads the slot where a search begins; returns what depends on it. */
    int warm(int hashed) {
        int slot = home(hashed);
        return tags[slot] + (flows[slot] == null ? 1 : 0);
    }

    /** Returns the flow that a search most likely ends at, null if there is none; its key is not compared. */
    @Nullable
    Flow likely(int hashed) {
        byte tag = tag(hashed);
        int slot = home(hashed);
        while (tags[slot] != 0 && tags[slot] != tag) {
            slot = next(slot);
        }
        return flows[slot];
    }

    /** Adds a flow that is not there; returns whether there was room. */
    boolean add(Flow flow) {
        if (size >= maxFlows) {
            return false;
        }
        if (size * 16L >= flows.length * 9L) {
            resize(flows.length * 2);
        }
        place(flow);
        size++;
        return true;
    }

    /** Removes an idle flow near the hand, whatever its age; returns whether there was one. */
    boolean evict() {
        int busy = 0;
        for (int look = 0; look < EVICTION_LOOKS && busy < EVICTION_BUSY; look++) {
            Flow flow = flows[hand];
            if (flow != null && flow.isIdle()) {
                remove(hand);
                return true;
            }
            busy += flow == null ? 0 : 1;
            advanceHand();
        }
        return false;
    }

    /** Looks at some slots and removes the flows there that were idle for too long. */
    void sweep(int slots, int nowTick) {
        for (int left = Math.min(slots, flows.length); left > 0; left--) {
            // What followed moves into the slot that is emptied.
            while (isForgotten(flows[hand], nowTick)) {
                remove(hand);
            }
            advanceHand();
        }
        if (flows.length > SMALLEST && size < flows.length / 8) {
            resize(flows.length / 2);
        }
    }

    private boolean isForgotten(@Nullable Flow flow, int nowTick) {
        return flow != null && flow.isIdle() && nowTick - flow.seenAt > idleTicks;
    }

    int slots() {
        return flows.length;
    }

    void forEach(Consumer<Flow> consumer) {
        for (Flow flow : flows) {
            if (flow != null) {
                consumer.accept(flow);
            }
        }
    }

    private int find(Lane lane, FlowKey key, int hashed) {
        byte tag = tag(hashed);
        int slot = home(hashed);
        while (tags[slot] != 0) {
            if (tags[slot] == tag) {
                Flow flow = flows[slot];
                if (flow != null && flow.is(lane, key)) {
                    return slot;
                }
            }
            slot = next(slot);
        }
        return slot;
    }

    private void place(Flow flow) {
        int hashed = hashOf(flow);
        int slot = home(hashed);
        while (tags[slot] != 0) {
            slot = next(slot);
        }
        tags[slot] = tag(hashed);
        flows[slot] = flow;
    }

    private void remove(int removed) {
        size--;
        int gap = removed;
        for (int slot = next(gap); tags[slot] != 0; slot = next(slot)) {
            Flow follower = flows[slot];
            // An entry may move back only as far as its home (Knuth, TAOCP 3, 6.4 R).
            if (follower != null && distance(home(hashOf(follower)), slot) >= distance(gap, slot)) {
                flows[gap] = follower;
                tags[gap] = tags[slot];
                gap = slot;
            }
        }
        flows[gap] = null;
        tags[gap] = 0;
    }

    private void resize(int length) {
        @Nullable Flow[] old = flows;
        flows = new Flow[length];
        tags = new byte[length];
        // Slots are in the order of their hashes whatever the length, so the hand keeps its place.
        hand = (int) ((long) hand * length / old.length);
        for (Flow flow : old) {
            if (flow != null) {
                place(flow);
            }
        }
    }

    private void advanceHand() {
        hand = next(hand);
    }

    int hash(Lane lane, FlowKey key) {
        return salted(
                lane, hash.hash(key.sourceHigh, key.sourceLow, key.destinationHigh, key.destinationLow, key.rest));
    }

    private int hashOf(Flow flow) {
        return salted(
                flow.lane,
                hash.hash(flow.sourceHigh, flow.sourceLow, flow.destinationHigh, flow.destinationLow, flow.rest));
    }

    private static int salted(Lane lane, int hashed) {
        return hashed + lane.salt() * GOLDEN_RATIO;
    }

    private int home(int hashed) {
        return hashed >>> Integer.numberOfLeadingZeros(flows.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (flows.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (flows.length - 1);
    }

    /** Never 0, which stands for an empty slot. */
    private static byte tag(int hashed) {
        return (byte) (hashed | 1);
    }
}
