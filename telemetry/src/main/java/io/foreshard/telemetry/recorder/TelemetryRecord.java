package io.foreshard.telemetry.recorder;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;

/** One observation as it was recorded. */
public sealed interface TelemetryRecord {

    /** {@return when it was observed, in nanoseconds since 1970 UTC} */
    long epochNanos();

    /** {@return the address and port, or the prefix, as text} */
    String destination();

    /**
     * An observation of a path.
     *
     * @param epochNanos when it was observed, in nanoseconds since 1970 UTC
     * @param destination the address and port, or the prefix, as text
     * @param sample what was observed, of age 0
     */
    record OfPath(long epochNanos, String destination, PathSample sample) implements TelemetryRecord {}

    /**
     * An observation of a server's load.
     *
     * @param epochNanos when it was observed, in nanoseconds since 1970 UTC
     * @param destination the address and port, or the prefix, as text
     * @param load what was observed, of age 0
     */
    record OfLoad(long epochNanos, String destination, NodeLoad load) implements TelemetryRecord {}
}
