package io.foreshard.jmh.shaper.scheduling;

import java.util.concurrent.DelayQueue;

/** The queue of the JDK: a binary heap under a lock. */
final class DelayQueueScheduler extends HeadScheduler {

    private final DelayQueue<PeerFlow> queue = new DelayQueue<>();

    DelayQueueScheduler(int flows, long spacingNanos) {
        super(flows, spacingNanos);
    }

    @Override
    void schedule(PeerFlow flow) {
        queue.add(flow);
    }

    @Override
    public void release(long nowNanos) {
        passTo(nowNanos);
        for (PeerFlow flow = queue.poll(); flow != null; flow = queue.poll()) {
            serve(flow, nowNanos);
        }
    }
}
