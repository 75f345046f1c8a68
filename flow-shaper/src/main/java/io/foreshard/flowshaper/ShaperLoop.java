package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.BottleneckQueue;
import io.foreshard.flowshaper.scheduling.Lane;
import io.foreshard.flowshaper.scheduling.Outlet;
import io.foreshard.flowshaper.scheduling.PacketScheduler;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shaper on one event loop: its scheduler, the loop's clock, and one timer at the soonest deadline. What goes wrong here ends
 * the shaping on this loop and not the traffic. Confined to its loop.
 */
final class ShaperLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ShaperLoop.class);

    private final EventLoop executor;
    private final LoopClock clock;
    private final PacketScheduler scheduler;
    private final Set<Lane> lanes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Runnable onAlarm = this::onAlarm;
    private @Nullable Future<?> alarm;
    private long alarmNanos = Long.MAX_VALUE;
    private long sweptNanos;
    private boolean failed;

    ShaperLoop(EventLoop executor, LoopClock clock, PacketScheduler scheduler) {
        this.executor = executor;
        this.clock = clock;
        this.scheduler = scheduler;
        this.sweptNanos = clock.nowNanos();
    }

    long nowNanos() {
        return clock.nowNanos();
    }

    EventLoop executor() {
        return executor;
    }

    boolean isShutDown() {
        return executor.isShutdown();
    }

    PacketScheduler scheduler() {
        return scheduler;
    }

    /** Opens a way in; shut again by {@link #close}. */
    Lane open(BottleneckQueue queue, int classIndex, Outlet outlet) {
        Lane lane = scheduler.openLane(queue, classIndex, outlet);
        if (failed) {
            lane.flush();
        } else {
            lanes.add(lane);
        }
        return lane;
    }

    /** Closes a lane: what waits is sent now, or dropped. */
    void close(Lane lane, boolean send) {
        lanes.remove(lane);
        if (send) {
            lane.flush();
        } else {
            lane.discard();
        }
    }

    /** Forgets idle flows; how many, does not depend on how many bottlenecks ask for it. */
    void forgetIdle(long nowNanos) {
        scheduler.forgetIdle(nowNanos, nowNanos - sweptNanos);
        sweptNanos = nowNanos;
    }

    /** Sets the timer if something is due sooner than it. To be called after anything that may have queued a packet. */
    void arm() {
        long due = scheduler.nextDeadlineNanos();
        if (due >= alarmNanos) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmNanos = due;
        alarm = executor.schedule(onAlarm, Math.max(0, due - nowNanos()), TimeUnit.NANOSECONDS);
    }

    private void onAlarm() {
        alarm = null;
        alarmNanos = Long.MAX_VALUE;
        try {
            scheduler.run(nowNanos());
            arm();
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    /** Lets everything through from now on. */
    void fail(Throwable fault) {
        if (failed) {
            return;
        }
        failed = true;
        LOG.error("The shaper failed on this event loop; packets go on unshaped", fault);
        scheduler.note(ShaperReason.FAILED_OPEN);
        for (Lane lane : new ArrayList<>(lanes)) {
            try {
                close(lane, true);
            } catch (RuntimeException | Error again) {
                LOG.debug("A lane could not be emptied", again);
            }
        }
    }
}
