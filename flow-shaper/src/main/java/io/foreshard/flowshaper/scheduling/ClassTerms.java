package io.foreshard.flowshaper.scheduling;

/** What the data path reads of a {@link FlowClass}. */
record ClassTerms(double weight, long delayBudgetNanos) {

    static ClassTerms of(FlowClass trafficClass) {
        return new ClassTerms(trafficClass.weight(), trafficClass.delayBudget().toNanos());
    }
}
