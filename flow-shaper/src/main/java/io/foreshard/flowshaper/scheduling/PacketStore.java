package io.foreshard.flowshaper.scheduling;

import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packets that wait on one loop: their memory, and the way out, to be sent or dropped. What foreign code throws ends here. */
final class PacketStore {

    private static final Logger LOG = LoggerFactory.getLogger(PacketStore.class);
    /** What a queued packet holds beside its buffer. */
    private static final int OVERHEAD_BYTES = 48;

    private final ByteBudget memory;
    private final int flowQueueBytes;
    private final ReasonCounters<ShaperReason> counters;
    private final PacketSlab packets = new PacketSlab();

    PacketStore(SchedulerConfig config, ReasonCounters<ShaperReason> counters) {
        this.memory = new ByteBudget(config.queueBytes());
        this.flowQueueBytes = config.flowQueueBytes();
        this.counters = counters;
    }

    long heldBytes() {
        return memory.usedBytes();
    }

    PacketSlab packets() {
        return packets;
    }

    /** Queues a packet, at the cost of older ones of its flow if need be; returns false and counts if there is no room. */
    boolean admit(Flow flow, Object message, @Nullable Object attachment, int bytes, int heldBytes, long nowNanos) {
        int charge = charge(bytes, heldBytes);
        if (flow.lane.outlet().mayDrop()) {
            while (flow.hasPackets() && flow.queuedBytes + (long) charge > allowedBytes()) {
                drop(flow, ShaperReason.FLOW_QUEUE_FULL);
            }
        } else if (!flow.paused && flow.queuedBytes + (long) charge > allowedBytes() / 2) {
            counters.count(ShaperReason.BACK_PRESSURE);
            pause(flow, true);
        }
        if (flow.queuedBytes + (long) charge > Integer.MAX_VALUE || !memory.tryReserve(charge)) {
            counters.count(ShaperReason.QUEUE_FULL);
            return false;
        }
        flow.append(packets.take(message, attachment, bytes, charge, nowNanos), charge, packets);
        flow.lane.queued(1);
        return true;
    }

    /**
     * Takes a packet before its flow is known, if there is so much room that this makes no difference to any flow; returns its number,
     * {@link PacketSlab#NONE} if there is not.
     */
    int take(Object message, @Nullable Object attachment, int bytes, int heldBytes, long nowNanos) {
        int charge = charge(bytes, heldBytes);
        if (memory.availableBytes() - charge < flowQueueBytes || !memory.tryReserve(charge)) {
            return PacketSlab.NONE;
        }
        return packets.take(message, attachment, bytes, charge, nowNanos);
    }

    /** Queues a packet that was taken. */
    void append(Flow flow, int packet) {
        flow.append(packet, packets.chargedBytes(packet), packets);
    }

    /** Drops the oldest packets of a flow that has more than it may, but not its only one. */
    void trim(Flow flow) {
        while (flow.queuedBytes > allowedBytes() && !flow.hasSinglePacket()) {
            drop(flow, ShaperReason.FLOW_QUEUE_FULL);
        }
    }

    private static int charge(int bytes, int heldBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) Math.max(bytes, heldBytes) + OVERHEAD_BYTES);
    }

    /** Returns the head that may leave, after marking or dropping what waited for too long; none if nothing is left. */
    int headToSend(Flow flow, long nowNanos) {
        Outlet outlet = flow.lane.outlet();
        long budgetNanos = flow.lane.delayBudgetNanos();
        for (int head = flow.first(); head != PacketSlab.NONE; head = flow.first()) {
            long waitedNanos = nowNanos - packets.arrivedNanos(head);
            if (!outlet.mayDrop() || !DelayBudget.isExceeded(flow, waitedNanos, budgetNanos, nowNanos)) {
                return head;
            }
            if (marked(outlet, packets.message(head))) {
                counters.count(ShaperReason.ECN_MARKED);
                return head;
            }
            drop(flow, ShaperReason.DELAY_BUDGET);
        }
        return PacketSlab.NONE;
    }

    /** Sends the head of a flow. */
    void release(Flow flow) {
        int head = remove(flow);
        Object message = packets.message(head);
        Object attachment = packets.attachment(head);
        packets.give(head);
        try {
            flow.lane.outlet().release(message, attachment);
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
        }
        if (flow.paused && flow.queuedBytes <= allowedBytes() / 4) {
            pause(flow, false);
        }
    }

    /** Drops the head of a flow. */
    void drop(Flow flow, ShaperReason reason) {
        int head = remove(flow);
        counters.count(reason);
        Object message = packets.message(head);
        Object attachment = packets.attachment(head);
        packets.give(head);
        try {
            flow.lane.outlet().drop(message, attachment, reason);
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
        }
    }

    void flush(Outlet outlet) {
        try {
            outlet.batchReleased();
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
        }
    }

    /** Returns whether an outlet takes packets; one that cannot tell does. */
    boolean isReady(Outlet outlet) {
        try {
            return outlet.isReady();
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
            return true;
        }
    }

    /** A flow gets no more than is free for all, so that a few which flood leave room for others. */
    private long allowedBytes() {
        return Math.min(flowQueueBytes, memory.availableBytes());
    }

    private int remove(Flow flow) {
        int head = flow.removeFirst(packets);
        memory.release(packets.chargedBytes(head));
        flow.lane.queued(-1);
        flow.lane.bottleneck().unqueued(packets.bytes(head));
        return head;
    }

    private boolean marked(Outlet outlet, Object message) {
        try {
            return outlet.mark(message);
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
            return false;
        }
    }

    private void pause(Flow flow, boolean paused) {
        flow.paused = paused;
        try {
            flow.lane.outlet().pause(paused);
        } catch (RuntimeException | Error fault) {
            outletFailed(fault);
        }
    }

    private void outletFailed(Throwable fault) {
        LOG.debug("An outlet failed", fault);
        counters.count(ShaperReason.OUTLET_FAILED);
    }
}
