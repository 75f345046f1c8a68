package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.FlowClassifier;
import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.StreamScheduler;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Which flows get which scheduler, for all sessions of an edge. Immutable; each session makes its own of each. */
public final class FlowSchedulers {

    private final Supplier<? extends StreamScheduler> others;
    private final Supplier<? extends FlowClassifier> classifier;
    private final Map<FlowKind, Supplier<? extends StreamScheduler>> special;

    private FlowSchedulers(
            Supplier<? extends StreamScheduler> others,
            Supplier<? extends FlowClassifier> classifier,
            Map<FlowKind, Supplier<? extends StreamScheduler>> special) {
        this.others = others;
        this.classifier = classifier;
        this.special = special;
    }

    /**
     * Gives all flows the same.
     *
     * @param scheduler makes one for each session
     */
    public static FlowSchedulers all(Supplier<? extends StreamScheduler> scheduler) {
        return new FlowSchedulers(scheduler, SizeClassifier::new, Map.of());
    }

    /**
     * Gives flows of one kind another scheduler.
     *
     * @param kind of the flows
     * @param scheduler makes one for each session
     * @return a changed copy
     */
    public FlowSchedulers with(FlowKind kind, Supplier<? extends StreamScheduler> scheduler) {
        Map<FlowKind, Supplier<? extends StreamScheduler>> more = new EnumMap<>(FlowKind.class);
        more.putAll(special);
        more.put(kind, scheduler);
        return new FlowSchedulers(others, classifier, more);
    }

    /**
     * Sets what tells the kinds apart.
     *
     * @param factory makes one for each session; {@link SizeClassifier} unless set
     * @return a changed copy
     */
    public FlowSchedulers classifiedBy(Supplier<? extends FlowClassifier> factory) {
        return new FlowSchedulers(others, factory, special);
    }

    /** Returns whether flows of different kinds get different schedulers. */
    public boolean differ() {
        return !special.isEmpty();
    }

    /** Makes what tells the kinds of one session's flows apart. */
    public FlowClassifier newClassifier() {
        return classifier.get();
    }

    /**
     * Makes one session's schedulers of each kind of flow, the kinds without one of their own sharing one.
     *
     * @return with all kinds
     */
    public Map<FlowKind, StreamScheduler> newSchedulers() {
        StreamScheduler shared = others.get();
        Map<FlowKind, StreamScheduler> all = new EnumMap<>(FlowKind.class);
        for (FlowKind kind : FlowKind.values()) {
            Supplier<? extends StreamScheduler> own = special.get(kind);
            all.put(kind, own == null ? shared : own.get());
        }
        return all;
    }
}
