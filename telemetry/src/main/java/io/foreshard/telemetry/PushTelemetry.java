package io.foreshard.telemetry;

import io.foreshard.coreapi.TelemetrySource;
import java.net.SocketAddress;

/**
 * A source that others push observations to: the application's own health checks, an agent of its own, a test. Every source of this
 * module that polls is built on it too.
 *
 * <p>What is pushed is checked and counted, never thrown at: a fact that cannot be is taken as unknown, an observation of which
 * nothing is left is dropped. Each observation lasts {@link Freshness#INTERVALS_KEPT} intervals, over which the confidence falls to
 * 0; then nothing is known. A destination is looked up by exact address and port first, then by the longest prefix around its
 * address. Memory is bounded by the number of destinations. Thread-safe; reading is free of locks.
 */
public interface PushTelemetry extends TelemetrySource {

    /** {@return a builder with the defaults} */
    static PushTelemetryBuilder builder() {
        return new PushTelemetryBuilder();
    }

    /**
     * Takes an observation of the path to one destination.
     *
     * @param destination where the path leads
     * @param observation what was observed
     * @param nowNanos the time on the clock of the observation
     * @return whether it was believed
     */
    boolean pushPath(SocketAddress destination, PathObservation observation, long nowNanos);

    /**
     * Takes an observation of the path to all addresses of a block.
     *
     * @param destinations where the path leads
     * @param observation what was observed
     * @param nowNanos the time on the clock of the observation
     * @return whether it was believed
     */
    boolean pushPath(AddressPrefix destinations, PathObservation observation, long nowNanos);

    /**
     * Takes an observation of the load of the server at one destination.
     *
     * @param destination where the server is reached
     * @param observation what was observed
     * @param nowNanos the time on the clock of the observation
     * @return whether it was believed
     */
    boolean pushLoad(SocketAddress destination, LoadObservation observation, long nowNanos);

    /**
     * Takes an observation of the load of the server at all addresses of a block.
     *
     * @param destinations where the server is reached
     * @param observation what was observed
     * @param nowNanos the time on the clock of the observation
     * @return whether it was believed
     */
    boolean pushLoad(AddressPrefix destinations, LoadObservation observation, long nowNanos);

    /**
     * {@return the recent course of a fact at a destination, one value for each interval, oldest first, NaN where nothing was known;
     * empty when nothing ever was} The array is the caller's.
     *
     * @param destination where the server is reached
     * @param fact which series
     * @param nowNanos the time on the clock of the observations
     */
    double[] loadSeries(SocketAddress destination, LoadFact fact, long nowNanos);

    /** {@return what was not believed, counted by reason} */
    TelemetryCounters counters();
}
