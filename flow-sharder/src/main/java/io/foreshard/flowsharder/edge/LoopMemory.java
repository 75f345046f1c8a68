package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.session.SessionSetup;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;

/** What the sessions of an event loop share: the memory of their flows, and what they may promise of it. */
final class LoopMemory {

    private final ByteBudget held;
    private final ByteBudget promised;

    LoopMemory(long bytes) {
        held = new ByteBudget(bytes);
        promised = new ByteBudget(bytes);
    }

    SessionSetup setup(SessionLimits limits, FlowSchedulers schedulers, ReasonCounters<FlowSharderReason> counters) {
        return new SessionSetup(limits, schedulers, held, promised, counters);
    }
}
