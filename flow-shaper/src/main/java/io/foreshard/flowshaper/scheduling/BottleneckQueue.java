package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.runtime.TimerWheel;

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
    private final DelayCalculator calculator;
    private final FlowWheel delayed = new FlowWheel(0);
    private final FlowWheel fair = new FlowWheel(0);
    private final RateClock clock;
    private final Alarm alarm = new Alarm();
    private BottleneckView view;
    private double virtualNow;
    private double readyWeight;
    private float pathNanos;
    private boolean calculatorOut;
    private long backlogBytes;
    private long arrivedBytes;
    private long releasedBytes;

    private final class Alarm extends TimerWheel.Timer {
        @Override
        protected void onExpired(long nowNanos) {
            releaseDue(nowNanos);
        }
    }

    BottleneckQueue(
            PacketScheduler scheduler,
            PacketStore store,
            DelayCalculator calculator,
            BottleneckView view,
            RateClock clock) {
        this.scheduler = scheduler;
        this.store = store;
        this.calculator = calculator;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Takes what a control step found and decided. Packets that are queued follow it at once.
     *
     * @param newView what is known of the bottleneck now
     * @param bytesPerSecond how fast this loop may fill it; NaN and what is not above 0 count as infinite
     * @param nowNanos the time
     */
    public void update(BottleneckView newView, double bytesPerSecond, long nowNanos) {
        long now = scheduler.monotone(nowNanos);
        view = newView;
        double path = newView.baseLatencyNanos() + newView.queueDelayNanos();
        pathNanos = Double.isNaN(path) ? 0 : (float) path;
        clock.change(bytesPerSecond > 0 ? bytesPerSecond : DelayCalculator.UNLIMITED, now);
        for (Flow flow = delayed.removeAll(); flow != null; ) {
            Flow following = flow.next;
            flow.next = null;
            startsAnew(flow);
            place(flow, now);
            flow = following;
        }
        arm(now);
    }

    /** Leaves the calculator's delays out from now on. */
    public void leaveCalculatorOut() {
        calculatorOut = true;
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

    private void releaseDue(long nowNanos) {
        long tick = scheduler.tick(nowNanos);
        for (Flow flow = delayed.poll(tick); flow != null; flow = delayed.poll(tick)) {
            startsAnew(flow);
            place(flow, nowNanos);
        }
        drain(nowNanos);
        arm(nowNanos);
    }

    /** Counts a packet that arrived, and lets it through if it need not wait for anything. */
    boolean passes(Flow flow, int bytes, long nowNanos) {
        arrivedBytes += bytes;
        if (!flow.isIdle() || fair.size() > 0 || !clock.mayDepart(nowNanos) || delayNanos(flow) > 0) {
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

    /** Queues a packet, and its flow if it has no other. */
    void queue(Flow flow, QueuedPacket packet, long nowNanos) {
        backlogBytes += packet.bytes;
        flow.append(packet);
        if (flow.isIdle()) {
            startsAnew(flow);
            enter(flow, nowNanos);
        }
    }

    /** Puts a flow that stands nowhere in its place. */
    void enter(Flow flow, long nowNanos) {
        place(flow, nowNanos);
        arm(nowNanos);
    }

    void unqueued(int bytes) {
        backlogBytes -= bytes;
    }

    /** A flow that had nothing waiting has no claim to what it did not use. */
    private void startsAnew(Flow flow) {
        flow.virtualStart = Math.max(flow.virtualStart, (long) virtualNow);
    }

    private void place(Flow flow, long nowNanos) {
        flow.state = Flow.IDLE;
        QueuedPacket head = flow.head;
        if (head == null) {
            return;
        }
        long eligibleNanos = head.arrivedNanos + delayNanos(flow);
        if (eligibleNanos > nowNanos) {
            flow.state = Flow.DELAYED;
            delayed.add(flow, scheduler.tickUp(eligibleNanos));
        } else {
            flow.state = Flow.READY;
            fair.add(flow, flow.virtualStart >>> VIRTUAL_TICK_BITS);
            readyWeight += flow.weight();
        }
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
            Flow flow = fair.poll(Long.MAX_VALUE);
            if (flow == null) {
                break;
            }
            Outlet outlet = flow.lane.outlet();
            if (last != null && last != outlet) {
                store.flush(last);
            }
            last = outlet;
            virtualNow = Math.max(virtualNow, (double) (fair.nowTick() << VIRTUAL_TICK_BITS));
            serve(flow, outlet, nowNanos);
            readyWeight = fair.size() == 0 ? 0 : readyWeight - flow.weight();
        }
        if (last != null) {
            store.flush(last);
        }
    }

    private void serve(Flow flow, Outlet outlet, long nowNanos) {
        if (!store.isReady(outlet)) {
            flow.lane.park(flow);
            return;
        }
        QueuedPacket head = store.headToSend(flow, nowNanos);
        if (head != null) {
            clock.continuesWith(head.bytes, nowNanos);
            left(flow, head.bytes, nowNanos - head.arrivedNanos);
            store.release(flow);
        }
        place(flow, nowNanos);
    }

    private void left(Flow flow, int bytes, long waitedNanos) {
        releasedBytes += bytes;
        double weight = flow.weight();
        flow.virtualStart += (long) (bytes / weight);
        // Time goes on with what is served, so that flows which never stop coming do not start before those that wait.
        virtualNow += bytes / Math.max(readyWeight, weight);
        flow.departed(waitedNanos + pathNanos);
    }

    private long delayNanos(Flow flow) {
        if (calculatorOut) {
            return 0;
        }
        try {
            return Math.max(0, Math.min(calculator.delayNanos(flow, view), flow.lane.delayBudgetNanos()));
        } catch (RuntimeException | LinkageError fault) {
            store.calculatorFailed(fault);
            return 0;
        }
    }
}
