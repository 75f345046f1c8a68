package io.foreshard.jmh.shaper.scheduling;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/** Agrona's wheel. Its timers are numbers, so a map leads from them to flows; those of a tick are in no order. */
final class AgronaScheduler extends HeadScheduler {

    private static final int BATCH = 512;
    private static final int TICK_ALLOCATION = 16;

    private final DeadlineTimerWheel wheel;
    private final Long2ObjectHashMap<PeerFlow> byTimer;
    private final DeadlineTimerWheel.TimerHandler handler = this::expired;
    private final PeerFlow[] due = new PeerFlow[BATCH];
    private int dueFlows;

    /**
     * @param tickNanos a power of two
     */
    AgronaScheduler(int flows, long spacingNanos, long tickNanos) {
        super(flows, spacingNanos);
        // One turn is a little longer than a flow's spacing, so that no timer stays for several.
        int ticks = Integer.highestOneBit((int) (2 * spacingNanos / tickNanos)) << 1;
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, tickNanos, Math.max(2, ticks), TICK_ALLOCATION);
        byTimer = new Long2ObjectHashMap<>(2 * flows, 0.65f);
    }

    @Override
    void schedule(PeerFlow flow) {
        byTimer.put(wheel.scheduleTimer(flow.departureNanos), flow);
    }

    @Override
    public void release(long nowNanos) {
        do {
            dueFlows = 0;
            wheel.poll(nowNanos, handler, BATCH);
            for (int index = 0; index < dueFlows; index++) {
                serve(due[index], nowNanos);
            }
        } while (dueFlows > 0 || wheel.currentTickTime() <= nowNanos);
    }

    private boolean expired(TimeUnit unit, long nowNanos, long timer) {
        due[dueFlows] = byTimer.remove(timer);
        dueFlows++;
        return true;
    }
}
