package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.runtime.TimerWheel;
import java.util.ArrayList;
import java.util.List;

/**
 * One loop's part of a bottleneck. The head of a flow first waits out its delay, in a wheel of time; then the flows share the rate in
 * the order of their virtual start times, in a wheel in which a change of the rate moves nothing.
 *
 * <p>Confined to the scheduler's thread.
 *
 * @see <a href="https://doi.org/10.1109/90.649569">Goyal et al., "Start-time fair queueing", 1997</a>
 * @see <a href="https://doi.org/10.1109/90.649568">Bennett and Zhang, "Hierarchical packet fair queueing algorithms", 1997</a>, for
 *     the virtual time
 */
public final class BottleneckQueue {

    /** Virtual bytes per tick. Flows whose starts differ by less are served in the order of their arrival. */
    private static final int VIRTUAL_TICK_BITS = 6;
    /** Packets released before other bottlenecks have their turn. */
    private static final int BATCH = 256;

    private final PacketScheduler scheduler;
    private final PacketStore store;
    private final FlowWheel delayed = new FlowWheel(0);
    private final FlowWheel fair = new FlowWheel(0);
    private final RateClock clock;
    private final List<Flow> retimed = new ArrayList<>();
    private final Alarm alarm = new Alarm();
    private final GuardedCalculator calculator;
    private BottleneckView view;
    /** Keeps the reads of {@link FlowWheel#warm} from being left out. */
    @SuppressWarnings("UnusedVariable")
    private int warmth;

    private long virtualNow;
    /** What was cut off from virtual times, so that packets much shorter than a weight are charged too. */
    private double virtualFraction;

    private double chargeFraction;
    /** How many flows of each class share the rate, and their weights together. */
    private final int[] readyFlows;

    private double readyWeight;
    private float pathNanos;
    private long backlogBytes;
    private long arrivedBytes;
    private long releasedBytes;
    private long releasedPackets;
    private long waitedNanos;

    private final class Alarm extends TimerWheel.Timer {
        @Override
        protected void onExpired(long nowNanos) {
            releaseDue(nowNanos);
        }
    }

    BottleneckQueue(
            PacketScheduler scheduler,
            PacketStore store,
            GuardedCalculator calculator,
            BottleneckView view,
            RateClock clock) {
        this.scheduler = scheduler;
        this.store = store;
        this.calculator = calculator;
        this.view = view;
        this.clock = clock;
        this.readyFlows = new int[scheduler.classes()];
    }

    /**
     * Takes what a control step found and decided. Packets that are queued follow it at once.
     *
     * @param newCalculator decides on delays from now on
     * @param newView what is known of the bottleneck now
     * @param bytesPerSecond how fast this loop may fill it; NaN and what is not above 0 count as infinite
     * @param nowNanos the time
     */
    public void update(DelayCalculator newCalculator, BottleneckView newView, double bytesPerSecond, long nowNanos) {
        scheduler.settle();
        long now = scheduler.monotone(nowNanos);
        calculator.replace(newCalculator);
        view = newView;
        double path = newView.baseLatencyNanos() + newView.queueDelayNanos();
        pathNanos = Double.isNaN(path) ? 0 : (float) path;
        clock.change(bytesPerSecond > 0 ? bytesPerSecond : DelayCalculator.UNLIMITED, now);
        readyWeight = weighed();
        delayed.drainTo(retimed);
        for (Flow flow : retimed) {
            startsAnew(flow);
            place(flow, now);
        }
        retimed.clear();
        arm(now);
    }

    /**
     * Counts bytes that go to the bottleneck without waiting here, since something else holds them back.
     *
     * @param bytes how many
     */
    public void passed(int bytes) {
        arrivedBytes += bytes;
        releasedBytes += bytes;
    }

    /** Returns whether a rate limits it. */
    public boolean isLimited() {
        return clock.isLimited();
    }

    /**
     * Returns how many bytes may leave here within a time, infinitely many without a limit.
     *
     * @param nanos the time, above 0
     */
    public double bytesWithin(long nanos) {
        return clock.bytesWithin(nanos);
    }

    /** Returns the bytes that wait here. */
    public long backlogBytes() {
        return backlogBytes;
    }

    /** Returns the bytes that were offered here since the start. */
    public long arrivedBytes() {
        return arrivedBytes;
    }

    /** Returns the bytes that left here since the start, those that did not wait included. */
    public long releasedBytes() {
        return releasedBytes;
    }

    /** Returns the packets that left here since the start, those that did not wait included. */
    public long releasedPackets() {
        return releasedPackets;
    }

    /** Returns how long these waited, together, in nanoseconds. */
    public long waitedNanos() {
        return waitedNanos;
    }

    private void releaseDue(long nowNanos) {
        long tick = scheduler.tick(nowNanos);
        for (Flow flow = delayed.poll(tick); flow != null; flow = delayed.poll(tick)) {
            startsAnew(flow);
            place(flow, nowNanos);
        }
        drain(nowNanos);
        arm(nowNanos);
    }

    /** Returns whether flows wait for their turn: then nothing passes, and what comes may wait for the alarm of these. */
    boolean isBusy() {
        return fair.size() > 0;
    }

    /** Counts a packet that waits and whose flow is not known yet. */
    void taken(int bytes) {
        arrivedBytes += bytes;
        backlogBytes += bytes;
    }

    /** Counts a packet that arrived, and lets it through if it need not wait for anything. */
    boolean passes(Flow flow, int bytes, long nowNanos) {
        arrivedBytes += bytes;
        if (!flow.isIdle() || fair.size() > 0 || !clock.mayDepart(nowNanos) || calculator.delayNanos(flow, view) > 0) {
            return false;
        }
        if (!store.isReady(flow.lane.outlet())) {
            return false;
        }
        startsAnew(flow);
        clock.startsWith(bytes, nowNanos);
        left(flow, bytes, 0);
        return true;
    }

    /** Takes note of a packet that was queued, and puts its flow in its place if it has no other. */
    void queued(Flow flow, int bytes, long nowNanos) {
        backlogBytes += bytes;
        joined(flow, nowNanos);
    }

    /** Puts a flow that was given a packet in its place if it has no other. */
    void joined(Flow flow, long nowNanos) {
        if (flow.isIdle()) {
            enter(flow, nowNanos);
        }
    }

    /** Puts a flow that stands nowhere in its place. */
    void enter(Flow flow, long nowNanos) {
        startsAnew(flow);
        place(flow, nowNanos);
        arm(nowNanos);
    }

    void unqueued(int bytes) {
        backlogBytes -= bytes;
    }

    /** Adds up the weights anew: classes may have got others, and small errors would add up too. */
    private double weighed() {
        double sum = 0;
        for (int index = 0; index < readyFlows.length; index++) {
            sum += readyFlows[index] * scheduler.weightOf(index);
        }
        return sum;
    }

    /** A flow that had nothing waiting has no claim to what it did not use. */
    private void startsAnew(Flow flow) {
        flow.virtualStart = Math.max(flow.virtualStart, virtualNow);
    }

    private void place(Flow flow, long nowNanos) {
        flow.state = Flow.IDLE;
        if (!flow.hasPackets()) {
            return;
        }
        long eligibleNanos = eligibleNanos(flow);
        if (eligibleNanos > nowNanos) {
            flow.state = Flow.DELAYED;
            delayed.add(flow, scheduler.tickUp(eligibleNanos));
        } else {
            flow.state = Flow.READY;
            fair.add(flow, flow.virtualStart >>> VIRTUAL_TICK_BITS);
            readyFlows[flow.classIndex()]++;
            readyWeight += flow.weight();
        }
    }

    /** Returns when the first packet has waited out its delay. Without a delay, the packet is not touched. */
    private long eligibleNanos(Flow flow) {
        long delayNanos = calculator.delayNanos(flow, view);
        return delayNanos > 0 ? store.packets().arrivedNanos(flow.first()) + delayNanos : Long.MIN_VALUE;
    }

    private void arm(long nowNanos) {
        long due = scheduler.timeOf(delayed.firstTick());
        if (fair.size() > 0) {
            due = Math.min(due, clock.departureNanos());
        }
        if (due == Long.MAX_VALUE) {
            scheduler.alarms().cancel(alarm);
        } else if (!alarm.isScheduled() || due != alarm.deadlineNanos()) {
            scheduler.alarms().schedule(alarm, Math.max(due, nowNanos));
        }
    }

    private void drain(long nowNanos) {
        Outlet last = null;
        for (int left = BATCH; left > 0 && clock.mayDepart(nowNanos); left--) {
            warmth += fair.warm(store.packets());
            Flow flow = fair.poll(Long.MAX_VALUE);
            if (flow == null) {
                break;
            }
            Outlet outlet = flow.lane.outlet();
            if (last != null && last != outlet) {
                store.flush(last);
            }
            last = outlet;
            virtualNow = Math.max(virtualNow, fair.nowTick() << VIRTUAL_TICK_BITS);
            serve(flow, outlet, nowNanos);
            readyFlows[flow.classIndex()]--;
            readyWeight = fair.size() == 0 ? 0 : readyWeight - flow.weight();
        }
        if (last != null) {
            store.flush(last);
        }
    }

    private void serve(Flow flow, Outlet outlet, long nowNanos) {
        if (flow.hasPackets() && !store.isReady(outlet)) {
            flow.lane.park(flow);
            return;
        }
        int head = store.headToSend(flow, nowNanos);
        if (head != PacketSlab.NONE) {
            int bytes = store.packets().bytes(head);
            clock.continuesWith(bytes, nowNanos);
            left(flow, bytes, nowNanos - store.packets().arrivedNanos(head));
            store.release(flow);
        }
        place(flow, nowNanos);
    }

    private void left(Flow flow, int bytes, long waited) {
        releasedBytes += bytes;
        releasedPackets++;
        waitedNanos += waited;
        double weight = flow.weight();
        chargeFraction += bytes / weight;
        flow.virtualStart += (long) chargeFraction;
        chargeFraction -= (long) chargeFraction;
        // Time goes on with what is served, so that flows which never stop coming do not start before those that wait.
        virtualFraction += bytes / Math.max(readyWeight, weight);
        virtualNow += (long) virtualFraction;
        virtualFraction -= (long) virtualFraction;
        flow.departed(waited + pathNanos);
    }
}
