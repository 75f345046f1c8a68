package io.foreshard.jmh.shaper.scheduling;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowshaper.control.BottleneckWatch;
import io.foreshard.flowshaper.control.UnshapedDelayCalculator;
import io.foreshard.flowshaper.scheduling.Admission;
import io.foreshard.flowshaper.scheduling.BottleneckQueue;
import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.FlowKey;
import io.foreshard.flowshaper.scheduling.Lane;
import io.foreshard.flowshaper.scheduling.Outlet;
import io.foreshard.flowshaper.scheduling.PacketScheduler;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ours, with all that it does beside: bounds, delay budgets, histories. Only the bounds are as wide as the flows need. */
final class ForeshardScheduler implements FlowScheduler, Outlet {

    private static final Object MESSAGE = new Object();
    private static final double NANOS_PER_SECOND = 1e9;
    /** In a queue that is full all the time every packet is late, and none is to be dropped for it here. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final long ROOM_PER_FLOW = 4L * 2048;

    private final PacketScheduler scheduler;
    private final BottleneckQueue bottleneck;
    private final Lane lane;
    private final BottleneckView view;
    private final DelayCalculator calculator = new UnshapedDelayCalculator();
    private final FlowKey key = new FlowKey();
    private long released;

    ForeshardScheduler(int flows, double bytesPerSecond) {
        SchedulerConfig defaults = SchedulerConfig.DEFAULT;
        SchedulerConfig config = new SchedulerConfig(
                List.of(new FlowClass("all", 1, LONGEST)),
                Math.max(defaults.maxFlows(), flows),
                defaults.idleTimeout(),
                Math.max(defaults.queueBytes(), flows * ROOM_PER_FLOW),
                defaults.flowQueueBytes(),
                defaults.catchUp());
        scheduler = new PacketScheduler(config, 42, EngineObserver.NOOP, System::nanoTime, 0);
        view = BottleneckWatch.builder("bench").build().step(0, null, null, 0, 0, 0, bytesPerSecond);
        bottleneck = scheduler.addBottleneck(calculator, view, 0);
        lane = scheduler.openLane(bottleneck, 0, this);
        limit(bytesPerSecond);
    }

    /** Returns one that lets through what {@link VirtualCourse} brings. */
    static ForeshardScheduler of(int flows) {
        return new ForeshardScheduler(flows, Traffic.PACKET_BYTES * NANOS_PER_SECOND / VirtualCourse.GAP_NANOS);
    }

    void limit(double bytesPerSecond) {
        bottleneck.update(calculator, view, bytesPerSecond, 0);
    }

    int flows() {
        return scheduler.flows();
    }

    int queuedPackets() {
        return lane.queuedPackets();
    }

    @Override
    public void offer(Tuple tuple, long nowNanos) {
        Admission admission = lane.offer(
                key.wrapIpv4(
                        FlowKey.UDP, tuple.source(), tuple.sourcePort(), Tuple.DESTINATION, Tuple.DESTINATION_PORT),
                MESSAGE,
                null,
                Traffic.PACKET_BYTES,
                Traffic.PACKET_BYTES,
                nowNanos);
        if (admission != Admission.QUEUED) {
            released++;
        }
    }

    @Override
    public void release(long nowNanos) {
        while (scheduler.nextDeadlineNanos() <= nowNanos) {
            scheduler.run(nowNanos);
        }
    }

    @Override
    public long released() {
        return released;
    }

    @Override
    public void release(Object message, @Nullable Object attachment) {
        released++;
    }

    @Override
    public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {
        throw new IllegalStateException("dropped: " + reason);
    }
}
