package io.foreshard.flowshaper.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where flows enter a scheduler: to one bottleneck, in one class, out through one outlet. A channel has one; a stream's lane has one
 * flow, a datagram channel's has as many as it has correspondents. Confined to the scheduler's thread.
 */
public final class Lane {

    private final PacketScheduler scheduler;
    private final BottleneckQueue bottleneck;
    private final Outlet outlet;
    private final int classIndex;
    private final int salt;
    private List<Flow> parked = new ArrayList<>(1);
    private @Nullable Flow common;
    private @Nullable Flow only;
    private boolean several;
    private int queuedPackets;
    private boolean closed;
    private boolean sendsWhenClosed;

    Lane(PacketScheduler scheduler, BottleneckQueue bottleneck, int classIndex, Outlet outlet, int salt) {
        this.scheduler = scheduler;
        this.bottleneck = bottleneck;
        this.classIndex = classIndex;
        this.outlet = outlet;
        this.salt = salt;
    }

    /**
     * Offers a packet.
     *
     * @param key its flow
     * @param message the packet; its ownership goes to the scheduler if it is {@link Admission#QUEUED}, and stays otherwise
     * @param attachment is given to the outlet with it
     * @param bytes its length on the wire
     * @param heldBytes the memory that it holds
     * @param nowNanos the time
     */
    public Admission offer(
            FlowKey key, Object message, @Nullable Object attachment, int bytes, int heldBytes, long nowNanos) {
        if (closed) {
            return Admission.PASS;
        }
        Admission admission = scheduler.offer(this, key, message, attachment, bytes, heldBytes, nowNanos);
        if (closed) {
            // By who was told of a packet that had to make room.
            scheduler.empty(this, sendsWhenClosed);
        }
        return admission;
    }

    /**
     * Goes on with the flows that waited for the outlet.
     *
     * @param nowNanos the time
     */
    public void resume(long nowNanos) {
        if (parked.isEmpty()) {
            return;
        }
        scheduler.settle();
        long now = scheduler.monotone(nowNanos);
        List<Flow> flows = parked;
        parked = new ArrayList<>();
        flows.forEach(flow -> bottleneck.enter(flow, now));
    }

    /**
     * Lets go of what is queued, in order, as if its time had come; what is offered later passes. The lane is of no use
     * afterwards.
     */
    public void flush() {
        close(true);
    }

    /** Drops what is queued; what is offered later passes. The lane is of no use afterwards. */
    public void discard() {
        close(false);
    }

    /** Returns whether a rate limits its bottleneck now. */
    public boolean isLimited() {
        return bottleneck.isLimited();
    }

    /**
     * Returns how many bytes of all lanes together may leave for its bottleneck within a time, infinitely many without a limit.
     *
     * @param nanos the time, above 0
     */
    public double bytesWithin(long nanos) {
        return bottleneck.bytesWithin(nanos);
    }

    /** Returns how many packets of this lane wait. */
    public int queuedPackets() {
        return queuedPackets;
    }

    private void close(boolean release) {
        if (!closed) {
            closed = true;
            sendsWhenClosed = release;
            scheduler.empty(this, release);
            // Empty flows that stand in a wheel leave it when their time comes; these stand in none.
            resume(Long.MIN_VALUE);
        }
    }

    void queued(int packets) {
        queuedPackets += packets;
    }

    void park(Flow flow) {
        flow.state = Flow.PARKED;
        parked.add(flow);
    }

    PacketSlab packets() {
        return scheduler.packets();
    }

    BottleneckQueue bottleneck() {
        return bottleneck;
    }

    Outlet outlet() {
        return outlet;
    }

    /** Keeps lanes apart whose flows have the same name, such as those of channels that were not connected yet. */
    int salt() {
        return salt;
    }

    int classIndex() {
        return classIndex;
    }

    double weight() {
        return scheduler.terms(classIndex).weight();
    }

    /** Returns whether it ever had more than one flow. */
    boolean hasSeveral() {
        return several;
    }

    /** Notes a flow that it has now. */
    void opened(Flow flow) {
        several |= only != null && !only.isNamedAs(flow);
        only = several ? null : flow;
    }

    /** Returns the one flow that it ever had, null if there were none or several. */
    @Nullable
    Flow only() {
        return only;
    }

    long delayBudgetNanos() {
        return scheduler.terms(classIndex).delayBudgetNanos();
    }

    /** Returns the flow that those share for which there was no place, if there were any. */
    @Nullable
    Flow common() {
        return common;
    }

    /** Returns the flow that those share for which there is no place: the first of them. */
    Flow common(Flow placeless) {
        Flow flow = common;
        if (flow == null) {
            flow = placeless;
            common = flow;
        }
        return flow;
    }
}
