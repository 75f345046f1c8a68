package io.foreshard.jmh.priority;

import io.foreshard.shardcodec.TrafficClass;

/** The same program with and without what is measured. */
enum PriorityVariant {
    CLASSES("with-classes", TrafficClass.LOW_LATENCY, TrafficClass.HIGH_THROUGHPUT),
    NO_CLASSES("without-classes", TrafficClass.STANDARD, TrafficClass.STANDARD);

    private final String label;
    private final TrafficClass urgent;
    private final TrafficClass bulk;

    PriorityVariant(String label, TrafficClass urgent, TrafficClass bulk) {
        this.label = label;
        this.urgent = urgent;
        this.bulk = bulk;
    }

    String label() {
        return label;
    }

    TrafficClass urgent() {
        return urgent;
    }

    TrafficClass bulk() {
        return bulk;
    }
}
