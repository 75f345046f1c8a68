package io.foreshard.flowshaper.scheduling;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the packets of one event loop until their time has come. Transport-free: offered packets come in through a {@link Lane}, the
 * owner calls {@link #run} when {@link #nextDeadlineNanos()} has come. Nothing is allocated per packet once as many were queued
 * before.
 *
 * <p>Confined to one thread. Times are the owner's clock; a time before the latest counts as the latest.
 */
public final class PacketScheduler {

    /** Resolution of deadlines: 1024 ns. */
    static final int TICK_BITS = 10;

    private final SchedulerConfig config;
    private final FlowTable flows;
    private final ReasonCounters<ShaperReason> counters;
    private final PacketStore store;
    private final Arrivals arrivals;
    private final TimerWheel alarms;
    private final LongSupplier stopwatch;
    private final long startNanos;
    private List<FlowClass> classes;
    private final ClassTerms[] terms;
    private int lanes;
    private long latestNanos;

    /**
     * Makes a scheduler with nothing queued.
     *
     * @param config its bounds
     * @param hashSecret from {@code SecureRandom} outside simulations
     * @param observer is told what is counted
     * @param stopwatch times a sample of calls to foreign code, in nanoseconds
     * @param startNanos the time now
     */
    public PacketScheduler(
            SchedulerConfig config, long hashSecret, EngineObserver observer, LongSupplier stopwatch, long startNanos) {
        this.config = config;
        this.stopwatch = stopwatch;
        this.startNanos = startNanos;
        this.latestNanos = startNanos;
        int idleTicks = (int) (config.idleTimeout().toNanos() >>> TICK_BITS);
        this.flows = new FlowTable(new FlowHash(hashSecret), config.maxFlows(), idleTicks);
        this.counters = new ReasonCounters<>(ShaperReason.class, observer);
        this.classes = config.classes();
        this.terms = new ClassTerms[classes.size()];
        this.store = new PacketStore(config, counters);
        this.arrivals = new Arrivals(this, flows, store, counters);
        this.alarms = new TimerWheel(startNanos, 1 << TICK_BITS);
        reclass(classes);
    }

    /**
     * Adds this loop's part of a bottleneck, without a limit until its first {@link BottleneckQueue#update}.
     *
     * @param calculator decides on delays
     * @param view what is known of the bottleneck now
     * @param nowNanos the time
     */
    public BottleneckQueue addBottleneck(DelayCalculator calculator, BottleneckView view, long nowNanos) {
        RateClock clock = new RateClock(config.catchUp().toNanos(), monotone(nowNanos));
        BottleneckQueue bottleneck =
                new BottleneckQueue(this, store, new GuardedCalculator(calculator, counters, stopwatch), view, clock);
        bottleneck.update(calculator, view, DelayCalculator.UNLIMITED, nowNanos);
        return bottleneck;
    }

    /**
     * Opens a way in.
     *
     * @param bottleneck what its packets go through
     * @param classIndex their class in the configuration
     * @param outlet where they go
     * @throws IllegalArgumentException if there is no such class
     */
    public Lane openLane(BottleneckQueue bottleneck, int classIndex, Outlet outlet) {
        Checks.inRange("classIndex", classIndex, 0, classes.size() - 1);
        return new Lane(this, bottleneck, classIndex, outlet, lanes++);
    }

    /**
     * Replaces the classes. What is queued follows the new budgets at once, and the new weights from the next packet on.
     *
     * @param newClasses as many as there were
     * @throws IllegalArgumentException if there are fewer or more
     */
    public void reclass(List<FlowClass> newClasses) {
        Checks.require(
                newClasses.size() == classes.size(), "classes", newClasses.size(), String.valueOf(classes.size()));
        arrivals.settle();
        classes = List.copyOf(newClasses);
        Arrays.setAll(terms, index -> ClassTerms.of(classes.get(index)));
    }

    /**
     * Returns the weight of a class.
     *
     * @param classIndex its index
     */
    public double weightOf(int classIndex) {
        return terms[classIndex].weight();
    }

    /**
     * Releases every packet whose time has come.
     *
     * @param nowNanos the time
     */
    public void run(long nowNanos) {
        arrivals.advance(alarms, monotone(nowNanos));
    }

    /** Returns when {@link #run} is to be called next, or sooner; {@link Long#MAX_VALUE} if nothing waits. */
    public long nextDeadlineNanos() {
        return alarms.nextDeadlineNanos();
    }

    /**
     * Forgets flows that were idle for too long: a share of them, so that calling it in every control step goes round all of them
     * once in an idle time-out.
     *
     * @param nowNanos the time
     * @param sinceLastNanos time since it was called last
     */
    public void forgetIdle(long nowNanos, long sinceLastNanos) {
        arrivals.settle();
        double share = (double) sinceLastNanos / config.idleTimeout().toNanos();
        flows.sweep((int) Math.ceil(flows.slots() * Math.min(1, share)), shortTick(monotone(nowNanos)));
    }

    /**
     * Returns how often something was counted; any thread.
     *
     * @param reason what
     */
    public long count(ShaperReason reason) {
        return counters.get(reason);
    }

    /**
     * Counts what the scheduler's owner found.
     *
     * @param reason what
     */
    public void note(ShaperReason reason) {
        counters.count(reason);
    }

    /** Returns the memory that queued packets hold, in bytes. */
    public long heldBytes() {
        return store.heldBytes();
    }

    /** Returns how many flows are remembered. */
    public int flows() {
        arrivals.settle();
        return flows.size();
    }

    Admission offer(
            Lane lane,
            FlowKey key,
            Object message,
            @Nullable Object attachment,
            int length,
            int heldBytes,
            long nowNanos) {
        long now = monotone(nowNanos);
        // What has no content costs something too: else a flood of it would go before everybody.
        int bytes = Math.max(1, length);
        arrivals.makeRoom();
        if (arrivals.mayWait(lane)) {
            int packet = store.take(message, attachment, bytes, heldBytes, now);
            if (packet != PacketSlab.NONE) {
                arrivals.put(lane, key, packet);
                lane.queued(1);
                lane.bottleneck().taken(bytes);
                return Admission.QUEUED;
            }
        }
        arrivals.settle();
        Flow flow = arrivals.flow(lane, key, bytes, shortTick(now));
        BottleneckQueue bottleneck = lane.bottleneck();
        if (bottleneck.passes(flow, bytes, now)) {
            return Admission.PASS;
        }
        if (!store.admit(flow, message, attachment, bytes, heldBytes, now)) {
            return Admission.REFUSED;
        }
        bottleneck.queued(flow, bytes, now);
        return Admission.QUEUED;
    }

    /** Empties the flows of a lane: out to be sent, or dropped. */
    void empty(Lane lane, boolean release) {
        arrivals.forget(lane);
        Flow common = lane.common();
        if (common != null) {
            empty(common, lane, release);
        }
        Flow only = lane.only();
        if (only != null) {
            empty(only, lane, release);
        }
        // Who hears of what became of a packet may send more, and flows change their places for those of others.
        for (int before = Integer.MAX_VALUE; lane.queuedPackets() > 0 && lane.queuedPackets() < before; ) {
            before = lane.queuedPackets();
            flows.forEach(flow -> empty(flow, lane, release));
        }
        if (release) {
            store.flush(lane.outlet());
        }
    }

    private void empty(Flow flow, Lane lane, boolean release) {
        while (flow.lane == lane && flow.hasPackets()) {
            if (release) {
                store.release(flow);
            } else {
                store.drop(flow, ShaperReason.CLOSED);
            }
        }
    }

    /** Brings to their flows what was taken in. Before anything that looks at flows, or changes what they depend on. */
    void settle() {
        arrivals.settle();
    }

    PacketSlab packets() {
        return store.packets();
    }

    /** Returns how many classes there are. */
    int classes() {
        return terms.length;
    }

    ClassTerms terms(int classIndex) {
        return terms[classIndex];
    }

    TimerWheel alarms() {
        return alarms;
    }

    long monotone(long nowNanos) {
        latestNanos = Math.max(latestNanos, nowNanos);
        return latestNanos;
    }

    /** Returns the tick that a time lies in. */
    long tick(long nowNanos) {
        return (nowNanos - startNanos) >>> TICK_BITS;
    }

    /** Returns the first tick that does not start before a time. */
    long tickUp(long nanos) {
        return tick(nanos + (1 << TICK_BITS) - 1);
    }

    /** Returns when a tick starts; {@link Long#MAX_VALUE} for the one that never comes. */
    long timeOf(long tick) {
        return tick == Long.MAX_VALUE ? Long.MAX_VALUE : startNanos + (tick << TICK_BITS);
    }

    /** A tick as flows keep it: it wraps after 73 minutes; differences up to half of that count, more than twice the longest idle time-out. */
    int shortTick(long nowNanos) {
        return (int) tick(nowNanos);
    }
}
