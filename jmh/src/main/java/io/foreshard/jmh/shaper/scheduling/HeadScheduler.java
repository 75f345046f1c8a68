package io.foreshard.jmh.shaper.scheduling;

/** A peer whose timers are flows, due when their first packets are. */
abstract class HeadScheduler extends PeerScheduler {

    HeadScheduler(int flows, long spacingNanos) {
        super(flows, spacingNanos);
    }

    /** Sets a flow's timer, to its departure time. */
    abstract void schedule(PeerFlow flow);

    @Override
    public final void offer(Tuple key, long nowNanos) {
        PeerFlow flow = queued(key, nowNanos);
        if (flow.head == flow.tail) {
            departAfter(flow, nowNanos);
            schedule(flow);
        }
    }

    /** Serves a flow whose time has come. */
    final void serve(PeerFlow flow, long nowNanos) {
        releaseFirst(flow);
        if (flow.head != null) {
            departAfter(flow, nowNanos);
            schedule(flow);
        }
    }
}
