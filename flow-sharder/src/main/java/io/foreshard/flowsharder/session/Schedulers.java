package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.spi.FlowClassifier;
import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.StreamScheduler;
import org.jspecify.annotations.Nullable;

/** The schedulers of a session's flows, by their kinds. Belongs to the session's event loop. */
final class Schedulers {

    private final StreamScheduler[] byKind = new StreamScheduler[FlowKind.values().length];
    private final @Nullable FlowClassifier classifier;

    Schedulers(FlowSchedulers flows) {
        flows.newSchedulers().forEach((kind, scheduler) -> byKind[kind.ordinal()] = scheduler);
        classifier = flows.differ() ? flows.newClassifier() : null;
    }

    /** Begins to look at a flow; {@code null} if all flows get the same. */
    @Nullable
    FlowHistory begin(String target, long nowNanos) {
        return classifier == null ? null : new FlowHistory(classifier, target, nowNanos);
    }

    StreamScheduler of(FlowKind kind) {
        return byKind[kind.ordinal()];
    }
}
