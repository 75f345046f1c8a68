package io.foreshard.telemetry.probe;

import java.net.InetSocketAddress;

/**
 * Is told each outcome of a probe, such as for a recorder. Called on the probe's event loop, so it must return at once; what it throws is
 * logged at debug level.
 */
public interface ProbeListener {

    /** Ignores everything. */
    ProbeListener NOOP = (destination, roundTripNanos, nowNanos) -> {};

    /**
     * Takes a round trip.
     *
     * @param destination the path's destination
     * @param roundTripNanos what it took, in nanoseconds
     * @param nowNanos the loop's clock, in nanoseconds
     */
    void onRoundTrip(InetSocketAddress destination, long roundTripNanos, long nowNanos);

    /**
     * Takes a loss: no answer came in time.
     *
     * @param destination the path's destination
     * @param nowNanos the loop's clock, in nanoseconds
     */
    default void onLoss(InetSocketAddress destination, long nowNanos) {}
}
