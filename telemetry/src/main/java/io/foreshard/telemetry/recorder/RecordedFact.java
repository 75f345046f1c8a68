package io.foreshard.telemetry.recorder;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfLoad;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfPath;

/** What a series can be made of. */
public enum RecordedFact {
    /** Round-trip time of a path, in nanoseconds. */
    LATENCY,
    /** Capacity that a path offers, in bytes per second. */
    BANDWIDTH,
    /** Share of a path's packets lost, 0…1. */
    LOSS,
    /** Share of a server's processors in use, 0…1. */
    CPU,
    /** Share of a server's memory that is not available, 0…1. */
    MEMORY,
    /** Share of a server's network capacity in use, 0…1. */
    NETWORK,
    /** All three of a server in one number, 0…1, see {@link io.foreshard.coreapi.NodeLoad#combined}. */
    COMBINED_LOAD;

    /**
     * {@return this fact of an observation, or NaN when it does not tell}
     *
     * @param observation what was recorded
     */
    public double of(TelemetryRecord observation) {
        return observation instanceof OfPath path ? ofPath(path.sample()) : ofLoad(((OfLoad) observation).load());
    }

    private double ofPath(PathSample sample) {
        return switch (this) {
            case LATENCY -> sample.hasLatency() ? (double) sample.latencyNanos() : Double.NaN;
            case BANDWIDTH -> sample.bandwidthBytesPerSecond();
            case LOSS -> sample.lossRatio();
            default -> Double.NaN;
        };
    }

    private double ofLoad(NodeLoad load) {
        return switch (this) {
            case CPU -> load.cpu();
            case MEMORY -> load.memory();
            case NETWORK -> load.network();
            case COMBINED_LOAD -> load.combined();
            default -> Double.NaN;
        };
    }
}
