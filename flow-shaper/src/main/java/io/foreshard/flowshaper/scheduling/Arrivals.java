package io.foreshard.flowshaper.scheduling;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;

/**
 * Brings packets to their flows: at once, or, where nothing depends on it before the scheduler runs, several together. Whoever looks at
 * flows or changes what they depend on settles first, so that all is as if every packet had been brought at once.
 */
final class Arrivals {

    private final PacketScheduler scheduler;
    private final FlowTable flows;
    private final PacketStore store;
    private final ReasonCounters<ShaperReason> counters;
    private final Intake intake = new Intake();
    private final FlowKey key = new FlowKey();
    /** Whether something goes on now that each packet may have a part in. */
    private boolean inSteps;

    Arrivals(PacketScheduler scheduler, FlowTable flows, PacketStore store, ReasonCounters<ShaperReason> counters) {
        this.scheduler = scheduler;
        this.flows = flows;
        this.store = store;
        this.counters = counters;
    }

    /**
     * Returns whether packets of a lane may wait for others: not if it has a single flow, which is found at once, nor if something could
     * pass, is to be asked to pause, or is being served or brought to its flow just now.
     */
    boolean mayWait(Lane lane) {
        return lane.hasSeveral()
                && !inSteps
                && lane.bottleneck().isBusy()
                && lane.outlet().mayDrop();
    }

    /** Sees to it that there is room for one more. */
    void makeRoom() {
        if (intake.isFull()) {
            settle();
        }
    }

    /** Takes a packet that may wait and is in the store already; there must be room. */
    void put(Lane lane, FlowKey itsKey, int packet) {
        intake.put(lane, itsKey, flows.hash(lane, itsKey), packet);
    }

    /** Brings all packets to their flows. */
    void settle() {
        if (!intake.isEmpty()) {
            bring();
        }
    }

    /** Settles, and lets go of a lane that will bring no more. */
    void forget(Lane lane) {
        settle();
        intake.forget(lane);
    }

    /** Settles, and fires what is due; what is sent meanwhile may leave at once. */
    void advance(TimerWheel alarms, long nowNanos) {
        settle();
        boolean before = inSteps;
        inSteps = true;
        try {
            alarms.advance(nowNanos);
        } finally {
            inSteps = before;
        }
    }

    /** Whoever hears of a packet that had to make room may send others, or close a lane: the rest is brought to its flows then. */
    private void bring() {
        boolean before = inSteps;
        inSteps = true;
        try {
            intake.warm(flows, store.packets());
            while (!intake.isEmpty()) {
                bring(intake.poll());
            }
        } finally {
            inSteps = before;
        }
    }

    private void bring(int at) {
        Lane lane = intake.lane(at);
        int packet = intake.packet(at);
        intake.readKey(at, key);
        long arrivedNanos = store.packets().arrivedNanos(packet);
        Flow flow = flow(lane, key, intake.hash(at), store.packets().bytes(packet), scheduler.shortTick(arrivedNanos));
        store.append(flow, packet);
        lane.bottleneck().joined(flow, arrivedNanos);
        store.trim(flow);
    }

    /** Returns the flow of a packet, and takes note of its arrival. */
    Flow flow(Lane lane, FlowKey itsKey, int bytes, int tick) {
        return flow(lane, itsKey, flows.hash(lane, itsKey), bytes, tick);
    }

    private Flow flow(Lane lane, FlowKey itsKey, int hash, int bytes, int tick) {
        Flow known = flows.get(lane, itsKey, hash);
        Flow flow = known == null ? newFlow(lane, itsKey, tick) : known;
        flow.arrived(bytes, tick);
        return flow;
    }

    private Flow newFlow(Lane lane, FlowKey itsKey, int tick) {
        Flow common = lane.common();
        if (common != null && common.hasPackets()) {
            // Older packets of this flow may wait there.
            counters.count(ShaperReason.FLOW_TABLE_FULL);
            return common;
        }
        Flow flow = new Flow(lane, itsKey);
        flow.seenAt = tick;
        lane.opened(flow);
        flows.sweep(2, tick);
        if (flows.add(flow)) {
            return flow;
        }
        if (flows.evict() && flows.add(flow)) {
            counters.count(ShaperReason.FLOW_EVICTED);
            return flow;
        }
        counters.count(ShaperReason.FLOW_TABLE_FULL);
        return lane.common(flow);
    }
}
