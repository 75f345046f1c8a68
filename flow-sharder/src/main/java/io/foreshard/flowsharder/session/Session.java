package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.FrameSink;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two edges share: legs, and flows that are spread over them. It outlives each of its legs. All methods are called on one event loop,
 * with the time of its clock.
 */
public final class Session {

    final SessionLimits limits;
    final ByteBudget memory;
    final ByteBudget windows;
    final ByteBudget least;
    final LegSet legs = new LegSet();
    final FlowTable flows = new FlowTable();
    final Debts debts = new Debts(legs, flows);
    final Schedulers schedulers;
    final Pump pump;
    private final Arrivals arrivals;
    private final SessionListener listener;
    private final ReasonCounters<FlowSharderReason> counters;
    private final SessionCounts counts = new SessionCounts();
    private final SessionPulse pulse;
    private int lastFlow;
    private long nowNanos;
    private long waitsSeen;
    private boolean otherWaited;
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
        this.least = setup.least();
        this.listener = listener;
        this.nowNanos = nowNanos;
        schedulers = new Schedulers(setup.schedulers());
        pump = new Pump(legs, schedulers, counts);
        counters = setup.counters();
        arrivals = new Arrivals(this, counters, listener);
        pulse = new SessionPulse(this, counters, nowNanos);
    }

    /** Returns what it did so far. */
    public SessionCounts counts() {
        return counts;
    }

    /** Returns how many flows there are. */
    public int flowCount() {
        return flows.size();
    }

    /** Returns whether sources at either side have had more to send than the legs take since this was asked before. */
    public boolean wasLimited() {
        boolean limited = flows.hasWaiting() || flows.waitCount() != waitsSeen || otherWaited;
        waitsSeen = flows.waitCount();
        otherWaited = false;
        return limited;
    }

    /** Returns the legs that are not gone. */
    public List<Leg> legs() {
        return List.copyOf(legs.all());
    }

    /**
     * Returns whether one more leg may join; one that replaces another always may.
     *
     * @param id its number
     */
    public boolean hasRoomForLeg(int id) {
        return legs.all().size() < limits.mostLegs() || legs.byId(id) != null;
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
        Debts.ping(leg, now);
        touch(now);
        return leg;
    }

    /**
     * Returns what takes the frames of a leg.
     *
     * @param leg one of this session
     */
    public FrameSink input(Leg leg) {
        return new LegInput(this, arrivals, leg);
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
        if (closed || flows.size() >= limits.mostFlows() || !hasRoomForFlow()) {
            return null;
        }
        nowNanos = now;
        Flow flow = new Flow(this, unusedNumber(), limits.leastWindowBytes(), target, true, now);
        flow.attach(end);
        flows.add(flow);
        debts.oweOpen(flow);
        touch(now);
        return flow;
    }

    /** Flows that nobody reads may fill their least windows, but then there are no more of them. */
    boolean hasRoomForFlow() {
        boolean room = least.availableBytes() >= limits.leastWindowBytes();
        if (!room) {
            counters.count(FlowSharderReason.FLOW_MEMORY);
        }
        return room;
    }

    /** Numbers begin anew after 2^32 flows; 0 is of no flow, and some may be in use for that long. */
    private int unusedNumber() {
        do {
            lastFlow++;
        } while (lastFlow == 0 || flows.get(lastFlow) != null);
        return lastFlow;
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
        arrivals.complete();
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

    void otherSourceWaits() {
        otherWaited = true;
    }

    void failAll(ResetReason reason) {
        for (Flow flow : flows.all()) {
            flow.fail(reason);
            flow.resetOwed = false;
            flows.retire(flow);
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    /**
     * A leg takes more again.
     *
     * @param now the time
     */
    public void onWritable(long now) {
        touch(now);
    }

    /** Sends what may be sent, unless that is going to be done soon. */
    void touch(long now) {
        nowNanos = now;
        if (working) {
            return;
        }
        working = true;
        for (int i = 0; i < legs.all().size(); i++) {
            legs.all().get(i).beforePump();
        }
        boolean unpaid = debts.pay(nowNanos);
        pump.run(nowNanos);
        flushLegs();
        if (unpaid) {
            // Flushing may have made room, of which nobody would tell again.
            debts.pay(nowNanos);
            flushLegs();
        }
        working = false;
    }

    private void flushLegs() {
        for (int i = 0; i < legs.all().size(); i++) {
            legs.all().get(i).flush();
        }
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
            debts.unpin(flow);
        }
        flows.retire(flow);
    }

    void onLeave(Leg leg) {
        boolean saidSo = leg.isLeaving();
        leg.otherLeft();
        if (!saidSo) {
            unpin(leg);
            leg.port.write(leg.writer.leave());
            leg.wrote();
        }
    }

    /** What is pinned to a leg that is left may go elsewhere only behind its beginning, told again. */
    private void unpin(Leg leg) {
        for (Flow flow : flows.all()) {
            if (flow.pinned == leg) {
                debts.oweOpen(flow);
            }
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
            case OPEN -> debts.oweOpen(flow);
            case RESET -> debts.oweReset(flow);
            case ACK -> debts.oweAck(flow);
            case DATA -> {
                if (!flow.isReset()) {
                    flow.out.lost(frame.from, frame.to);
                    pump.offer(flow);
                }
            }
            case PING -> {}
        }
        flows.retire(flow);
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
}
