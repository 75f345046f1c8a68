package io.foreshard.jmh.shaper.scheduling;

/** Holds packets of flows until their time has come. */
interface FlowScheduler {

    /** Takes a packet. */
    void offer(Tuple key, long nowNanos);

    /** Releases what is due. */
    void release(long nowNanos);

    /** Returns how many packets were released since the start. */
    long released();
}
