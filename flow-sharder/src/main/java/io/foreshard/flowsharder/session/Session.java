package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.flowsharder.wire.FrameSink;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.SequenceWindow;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two edges share: legs, and flows that are spread over them. It outlives each of its legs. All methods are called on one event loop,
 * with the time of its clock.
 */
public final class Session {

    private static final int REMEMBERED_FLOWS = 1 << 16;

    final SessionLimits limits;
    final ByteBudget memory;
    final ByteBudget windows;
    final LegSet legs = new LegSet();
    final Pump pump;
    private final SessionListener listener;
    private final ReasonCounters<FlowSharderReason> counters;
    private final SessionCounts counts = new SessionCounts();
    private final SessionPulse pulse;
    private final IntObjectMap<Flow> flows = new IntObjectHashMap<>();
    private final SequenceWindow opened = new SequenceWindow(REMEMBERED_FLOWS);
    private final ArrayDeque<Flow> owing = new ArrayDeque<>();
    private final ArrayDeque<Flow> received = new ArrayDeque<>();
    private final AckRanges ranges = new AckRanges();
    private int lastFlow;
    private long nowNanos;
    private boolean working;
    private boolean closed;

    /**
     * Makes a session without legs.
     *
     * @param setup what it is made of
     * @param listener told of what happens
     * @param nowNanos the time
     */
    public Session(SessionSetup setup, SessionListener listener, long nowNanos) {
        this.limits = setup.limits();
        this.memory = setup.memory();
        this.windows = setup.windows();
        this.counters = setup.counters();
        this.listener = listener;
        this.nowNanos = nowNanos;
        pump = new Pump(legs, setup.scheduler(), counts);
        pulse = new SessionPulse(this, nowNanos);
    }

    /** Returns what it did so far. */
    public SessionCounts counts() {
        return counts;
    }

    /** Returns how many flows there are. */
    public int flowCount() {
        return flows.size();
    }

    /** Returns the legs that are not gone. */
    public List<Leg> legs() {
        return List.copyOf(legs.all());
    }

    /**
     * Adds a leg that has joined; one of the same number is replaced.
     *
     * @param id its number
     * @param port where its frames go
     * @param writer keyed
     * @param roundTripNanos what joining took, 0 if that is not known
     * @param now the time
     * @return the leg
     */
    public Leg join(int id, LegPort port, FrameWriter writer, long roundTripNanos, long now) {
        nowNanos = now;
        Leg old = legs.byId(id);
        if (old != null) {
            gone(old, LegEndReason.REPLACED);
        }
        Leg leg = new Leg(id, port, writer, now);
        if (roundTripNanos > 0) {
            leg.meter.roundTrip().onSample(roundTripNanos, 0, now);
            leg.confirm();
        }
        legs.all().add(leg);
        ping(leg);
        touch(now);
        return leg;
    }

    /**
     * Returns what takes the frames of a leg.
     *
     * @param leg one of this session
     */
    public FrameSink input(Leg leg) {
        return new LegInput(this, leg);
    }

    /**
     * Begins a flow.
     *
     * @param target where it is to go
     * @param end the local end
     * @param now the time
     * @return the flow, {@code null} when there are too many
     */
    public @Nullable Flow open(String target, FlowEnd end, long now) {
        if (closed || flows.size() >= limits.mostFlows()) {
            return null;
        }
        nowNanos = now;
        Flow flow = new Flow(this, ++lastFlow, limits.leastWindowBytes(), target, now);
        flow.attach(end);
        flow.openOwed = true;
        flows.put(flow.id(), flow);
        owe(flow);
        touch(now);
        return flow;
    }

    /** Frames of a leg were about to be read. */
    public void onRead(long now) {
        nowNanos = now;
        working = true;
    }

    /**
     * All that was read of a leg was handed over.
     *
     * @param leg which
     * @param receivedBytes of frames since it was opened
     * @param now the time
     */
    public void onReadComplete(Leg leg, long receivedBytes, long now) {
        leg.received(receivedBytes);
        for (Flow flow = received.poll(); flow != null; flow = received.poll()) {
            flow.readComplete();
            retire(flow);
        }
        working = false;
        touch(now);
    }

    /**
     * The connection of a leg is gone.
     *
     * @param leg which; may be gone already
     * @param now the time
     */
    public void onLegClosed(Leg leg, long now) {
        onLegFailed(leg, leg.hasOtherLeft() && leg.isQuiet() ? LegEndReason.LEFT : LegEndReason.CONNECTION_LOST, now);
    }

    /**
     * A leg can not be used any more.
     *
     * @param leg which; may be gone already
     * @param reason why
     * @param now the time
     */
    public void onLegFailed(Leg leg, LegEndReason reason, long now) {
        nowNanos = now;
        gone(leg, reason);
        touch(now);
    }

    /**
     * Uses a leg no more, and closes it when all that went over it has arrived.
     *
     * @param leg which
     * @param now the time
     */
    public void leave(Leg leg, long now) {
        nowNanos = now;
        if (!leg.isLeaving() && !leg.isDead()) {
            leg.leave();
            unpin(leg);
            leg.port.write(leg.writer.leave());
            leg.wrote();
            touch(now);
        }
    }

    /**
     * Looks after what nobody else calls for.
     *
     * @param now the time
     * @return when to call again, in nanoseconds from now
     */
    public long tick(long now) {
        nowNanos = now;
        long next = pulse.beat(now);
        touch(now);
        return next;
    }

    /**
     * Ends all flows and legs.
     *
     * @param reason told to the flows' ends
     * @param now the time
     */
    public void close(ResetReason reason, long now) {
        nowNanos = now;
        closed = true;
        failAll(reason);
        for (Leg leg : List.copyOf(legs.all())) {
            gone(leg, LegEndReason.SESSION_CLOSED);
        }
    }

    /** Returns whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    void failAll(ResetReason reason) {
        for (Flow flow : new ArrayList<>(flows.values())) {
            flow.fail(reason);
            retire(flow);
        }
    }

    List<Flow> flows() {
        return new ArrayList<>(flows.values());
    }

    SessionCounts countsNow() {
        return counts;
    }

    /** Sends what may be sent, unless that is going to be done soon. */
    void touch(long now) {
        nowNanos = now;
        if (working) {
            return;
        }
        working = true;
        payDebts();
        pump.run(now);
        for (int i = 0; i < legs.all().size(); i++) {
            legs.all().get(i).flush();
        }
        working = false;
    }

    /** The flow has something to tell. */
    void owe(Flow flow) {
        owing.add(flow);
    }

    private void payDebts() {
        Leg leg = owing.isEmpty() ? null : legs.quickest(nowNanos);
        while (leg != null && !owing.isEmpty()) {
            Flow flow = owing.remove();
            pay(flow, flow.pinned == null ? leg : flow.pinned);
            retire(flow);
        }
    }

    private void pay(Flow flow, Leg leg) {
        if (flow.openOwed && flow.target != null) {
            flow.openOwed = false;
            flow.pinned = leg;
            leg.port.write(leg.writer.open(flow.id(), flow.in.window.granted(), flow.target));
            sent(SentFrame.Kind.OPEN, flow, leg);
        }
        if (flow.resetOwed) {
            flow.resetOwed = false;
            leg.port.write(leg.writer.reset(flow.id(), flow.resetReason().code()));
            sent(SentFrame.Kind.RESET, flow, leg);
        } else if (flow.ackOwed) {
            flow.ackOwed = false;
            flow.in.buffer().tell(ranges);
            long credit = flow.in.window.grant(flow.in.takenBytes());
            leg.port.write(leg.writer.ack(flow.id(), flow.in.delivered(), credit, ranges));
            sent(SentFrame.Kind.ACK, flow, leg);
        }
    }

    private void sent(SentFrame.Kind kind, Flow flow, Leg leg) {
        leg.wrote(new SentFrame(kind, flow, leg, 0, 0, nowNanos));
        flow.frameSent();
    }

    void ping(Leg leg) {
        leg.port.write(leg.writer.ping());
        leg.wrote(new SentFrame(SentFrame.Kind.PING, null, leg, 0, 0, nowNanos));
    }

    @Nullable
    FlowSharderReason onLegAck(Leg leg, long bytes) {
        return leg.acked(bytes, nowNanos, this::arrived) ? null : FlowSharderReason.FALSE_ACK;
    }

    private void arrived(SentFrame frame) {
        Flow flow = frame.flow;
        if (flow == null || frame.settled) {
            return;
        }
        frame.settled = true;
        flow.frameSettled();
        if (frame.kind == SentFrame.Kind.OPEN && flow.pinned == frame.leg) {
            flow.pinned = null;
        }
        retire(flow);
    }

    void onLeave(Leg leg) {
        leg.otherLeft();
        unpin(leg);
        leg.port.write(leg.writer.leave());
        leg.wrote();
    }

    /** What is pinned to a leg that is left may go elsewhere only behind its beginning, told again. */
    private void unpin(Leg leg) {
        for (Flow flow : flows.values()) {
            if (flow.pinned == leg) {
                flow.pinned = null;
                flow.openOwed = true;
                owe(flow);
            }
        }
    }

    @Nullable
    FlowSharderReason onOpen(int id, long credit, String target) {
        if (!opened.tryMark(Integer.toUnsignedLong(id))) {
            return null;
        }
        Flow flow = new Flow(this, id, credit, null, nowNanos);
        flows.put(id, flow);
        if (closed || flows.size() > limits.mostFlows()) {
            counters.count(FlowSharderReason.TOO_MANY_FLOWS);
            flow.reset(ResetReason.TOO_MANY_FLOWS, nowNanos);
        } else {
            flow.ackOwed = true;
            owe(flow);
            listener.onFlow(flow, target);
        }
        return null;
    }

    void onData(int id, long offset, ByteBuf payload, boolean fin) {
        Flow flow = flows.get(id);
        if (flow == null || flow.isReset()) {
            // Sent twice, or before its end was heard of.
            counters.count(FlowSharderReason.FLOW_OVER);
            return;
        }
        long before = flow.in.delivered();
        StreamIn.Outcome outcome = flow.in.offer(offset, payload, fin);
        counts.deliveredBytes += flow.in.delivered() - before;
        switch (outcome) {
            case BEYOND_CREDIT -> counters.count(FlowSharderReason.BEYOND_CREDIT);
            case NO_MEMORY -> counters.count(FlowSharderReason.REORDER_MEMORY);
            case CONTRADICTION -> contradicted(flow);
            case TAKEN -> received.add(flow);
        }
        if (!flow.ackOwed && !flow.isReset()) {
            flow.ackOwed = true;
            owe(flow);
        }
    }

    private void contradicted(Flow flow) {
        counters.count(FlowSharderReason.CONTRADICTION);
        flow.fail(ResetReason.CONTRADICTION);
        flow.resetOwed = true;
        owe(flow);
    }

    @Nullable
    FlowSharderReason onAck(int id, long delivered, long credit, AckRanges early) {
        Flow flow = flows.get(id);
        if (flow == null || flow.isReset()) {
            return null;
        }
        if (!flow.out.acked(delivered, credit, early)) {
            return FlowSharderReason.FALSE_ACK;
        }
        pump.offer(flow);
        flow.outMoved();
        retire(flow);
        return null;
    }

    void onReset(int id, int code) {
        Flow flow = flows.get(id);
        if (flow != null) {
            flow.fail(ResetReason.of(code));
            retire(flow);
        }
    }

    /** Gives what is under way on a leg to others. */
    void salvage(Leg leg) {
        leg.salvage(this::lost);
    }

    private void lost(SentFrame frame) {
        Flow flow = frame.flow;
        if (flow == null || frame.settled) {
            return;
        }
        frame.settled = true;
        flow.frameSettled();
        switch (frame.kind) {
            case OPEN -> {
                flow.openOwed = !flow.isReset();
                flow.pinned = null;
            }
            case RESET -> flow.resetOwed = true;
            case ACK -> flow.ackOwed = !flow.isReset();
            case DATA -> {
                if (!flow.isReset()) {
                    flow.out.lost(frame.from, frame.to);
                    pump.offer(flow);
                }
            }
            case PING -> {}
        }
        owe(flow);
    }

    void gone(Leg leg, LegEndReason reason) {
        if (leg.isDead()) {
            return;
        }
        leg.die();
        legs.all().remove(leg);
        salvage(leg);
        if (reason == LegEndReason.LEFT) {
            leg.port.finish();
        } else {
            leg.port.close();
            counts.legsLost++;
        }
        listener.onLegGone(leg, reason);
    }

    private void retire(Flow flow) {
        if (flow.isOver() && flows.get(flow.id()) == flow) {
            flows.remove(flow.id());
            flow.forget();
        }
    }
}
