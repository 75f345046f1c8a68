package io.foreshard.stackvirt.mux;

/** Sees each message that comes to a known protocol, for whoever forecasts the traffic. */
@FunctionalInterface
public interface ArrivalListener {

    /** Sees nothing. */
    ArrivalListener NONE = (protocol, source, destination, bytes, nowNanos) -> {};

    /**
     * Sees a message. On the multiplexer's loop, for each message: must neither block nor allocate much.
     *
     * @param protocol its protocol id
     * @param source the network that it comes from
     * @param destination the network that it is for
     * @param bytes its length
     * @param nowNanos when it came
     */
    void onMessage(int protocol, long source, long destination, int bytes, long nowNanos);
}
