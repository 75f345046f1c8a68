package io.foreshard.jmh.shaper.scheduling;

import io.foreshard.jmh.shaper.scheduling.PeerFlow.PeerPacket;
import org.jspecify.annotations.Nullable;

/** What peers have in common: the look-up, a FIFO for each flow of pooled packets, and a rate for each flow. */
abstract class PeerScheduler implements FlowScheduler {

    private static final Object MESSAGE = new Object();

    private final PeerFlows flows;
    private final long spacingNanos;
    private @Nullable PeerPacket free;
    private long now;
    private long released;

    /**
     * @param flows how many there will be
     * @param spacingNanos time between two packets of one flow
     */
    PeerScheduler(int flows, long spacingNanos) {
        this.flows = new PeerFlows(flows, this::nowNanos);
        this.spacingNanos = spacingNanos;
    }

    final long nowNanos() {
        return now;
    }

    /** Returns the flow of a packet, with the packet at its end. */
    final PeerFlow queued(Tuple key, long nowNanos) {
        now = nowNanos;
        PeerPacket packet = free;
        if (packet == null) {
            packet = new PeerPacket();
        } else {
            free = packet.next;
            packet.next = null;
        }
        packet.message = MESSAGE;
        PeerFlow flow = flows.find(key);
        flow.append(packet);
        return flow;
    }

    /** Returns when the next packet of a flow leaves. */
    final long departAfter(PeerFlow flow, long nowNanos) {
        flow.departureNanos = Math.max(nowNanos, flow.departureNanos + spacingNanos);
        return flow.departureNanos;
    }

    /** Releases the first packet of a flow. */
    final void releaseFirst(PeerFlow flow) {
        PeerPacket packet = flow.poll();
        if (packet != null) {
            packet.message = null;
            packet.next = free;
            free = packet;
            released++;
        }
    }

    final void passTo(long nowNanos) {
        now = nowNanos;
    }

    @Override
    public final long released() {
        return released;
    }
}
