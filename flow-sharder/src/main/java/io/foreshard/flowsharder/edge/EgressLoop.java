package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.session.SessionSetup;
import io.foreshard.runtime.ReasonCounters;
import io.netty.channel.EventLoop;

/** What an egress has on one event loop. */
final class EgressLoop {

    private final EgressSettings settings;
    private final EventLoop loop;
    private final LoopClock clock;
    private final ReasonCounters<FlowSharderReason> counters;
    private final LoopMemory memory;
    private final TargetConnector targets;
    private final Strangers strangers;

    EgressLoop(EgressSettings settings, EdgeSockets sockets, EventLoop loop) {
        this.settings = settings;
        this.loop = loop;
        clock = new LoopClock(loop);
        counters = new ReasonCounters<>(FlowSharderReason.class, settings.observer());
        memory = new LoopMemory(settings.memoryBytes());
        targets = new TargetConnector(settings, sockets, this);
        strangers = new Strangers(settings.mostJoining());
    }

    EventLoop executor() {
        return loop;
    }

    LoopClock clock() {
        return clock;
    }

    ReasonCounters<FlowSharderReason> counters() {
        return counters;
    }

    Strangers strangers() {
        return strangers;
    }

    TargetConnector targets() {
        return targets;
    }

    SessionSetup setup() {
        return memory.setup(settings.limits(), settings.schedulers(), counters);
    }
}
