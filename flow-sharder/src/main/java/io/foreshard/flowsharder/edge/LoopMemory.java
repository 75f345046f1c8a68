package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.session.SessionSetup;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;

/** What the sessions of an event loop share: the memory of their flows, and what they may promise of it. */
final class LoopMemory {

    /** Flows that are few and small need no room of anybody. */
    private static final long LEAST_BYTES = 64L << 20;

    private final ByteBudget held;
    private final ByteBudget promised;
    private final ByteBudget least;

    LoopMemory(long bytes) {
        held = new ByteBudget(bytes);
        promised = new ByteBudget(bytes);
        least = new ByteBudget(Math.max(bytes, LEAST_BYTES));
    }

    SessionSetup setup(SessionLimits limits, FlowSchedulers schedulers, ReasonCounters<FlowSharderReason> counters) {
        return new SessionSetup(limits, schedulers, held, promised, least, counters);
    }
}
