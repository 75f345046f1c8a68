package io.foreshard.telemetry;

/**
 * Takes what one user of a path sees of it: a transport, a proxy, a probe. Belongs to one thread at a time, for instance the event loop
 * of a connection; several meters of one destination are read as one. Takes no lock and allocates nothing, but for the first call
 * after a silence.
 */
public interface PathMeter {

    /**
     * Takes a round trip.
     *
     * @param nanos from sending to the answer, in nanoseconds; above 0 and at most one hour, others are counted and ignored
     * @param nowNanos the time
     */
    void roundTrip(long nanos, long nowNanos);

    /**
     * Takes packets that arrived, for the delivery rate and the loss ratio. Once this is called, round trips count as arrivals no more.
     *
     * @param packets how many, at least 0
     * @param bytes how many bytes they carried, at least 0
     * @param backlogged whether there was more to send all the time since the last call, so that the path set the pace and not the
     *     sender; only then does the rate tell what the path can carry
     * @param nowNanos the time
     */
    void delivered(long packets, long bytes, boolean backlogged, long nowNanos);

    /**
     * Takes packets that were lost.
     *
     * @param packets how many, at least 0
     * @param nowNanos the time
     */
    void lost(long packets, long nowNanos);
}
