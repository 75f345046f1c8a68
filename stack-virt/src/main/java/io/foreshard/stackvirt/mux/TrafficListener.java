package io.foreshard.stackvirt.mux;

/** Sees each message of a known protocol come and end, for whoever forecasts the traffic. On the multiplexer's loop: must neither block nor allocate much. */
public interface TrafficListener {

    /** Sees nothing. */
    TrafficListener NONE = new TrafficListener() {
        @Override
        public void onMessage(int protocol, long source, long destination, int bytes, long nowNanos) {}

        @Override
        public void onResult(int protocol, long source, long destination, int bytes, long nowNanos) {}
    };

    /**
     * Sees a message come.
     *
     * @param protocol its protocol id
     * @param source the network that it comes from
     * @param destination the network that it is for
     * @param bytes its length
     * @param nowNanos when it came
     */
    void onMessage(int protocol, long source, long destination, int bytes, long nowNanos);

    /**
     * Sees the result of a message that was seen to come, once: answered, timed out or refused.
     *
     * @param protocol its protocol id
     * @param source the network that it came from
     * @param destination the network that it was for
     * @param bytes its length
     * @param nowNanos when
     */
    void onResult(int protocol, long source, long destination, int bytes, long nowNanos);
}
