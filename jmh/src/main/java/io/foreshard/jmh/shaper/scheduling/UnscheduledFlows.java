package io.foreshard.jmh.shaper.scheduling;

import java.util.ArrayDeque;

/** No timers at all: flows leave in a circle. What is left is the look-up and the FIFOs, which all have to pay for. */
final class UnscheduledFlows extends HeadScheduler {

    private final ArrayDeque<PeerFlow> circle = new ArrayDeque<>();

    UnscheduledFlows(int flows, long spacingNanos) {
        super(flows, spacingNanos);
    }

    @Override
    void schedule(PeerFlow flow) {
        circle.addLast(flow);
    }

    @Override
    public void release(long nowNanos) {
        long due = (nowNanos - nowNanos()) / VirtualCourse.GAP_NANOS;
        passTo(nowNanos);
        for (long left = Math.min(due, circle.size()); left > 0; left--) {
            serve(circle.removeFirst(), nowNanos);
        }
    }
}
