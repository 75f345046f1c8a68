package io.foreshard.telemetry;

import java.time.Duration;

/** The three series of a server node. Thread-safe. */
final class LoadSeries {

    private final FixedStepSeries cpu;
    private final FixedStepSeries memory;
    private final FixedStepSeries network;

    LoadSeries(long stepNanos, int steps) {
        Duration step = Duration.ofNanos(stepNanos);
        cpu = new FixedStepSeries(step, steps);
        memory = new FixedStepSeries(step, steps);
        network = new FixedStepSeries(step, steps);
    }

    void add(LoadObservation load) {
        cpu.add(load.takenNanos(), load.cpu());
        memory.add(load.takenNanos(), load.memory());
        network.add(load.takenNanos(), load.network());
    }

    double[] values(LoadFact fact, long nowNanos) {
        return switch (fact) {
            case CPU -> cpu.values(nowNanos);
            case MEMORY -> memory.values(nowNanos);
            case NETWORK -> network.values(nowNanos);
        };
    }
}
