package io.foreshard.flowshaper.spi;

/**
 * A flow with a packet at its head, as a {@link DelayCalculator} sees it. Valid during the call only; confined to the flow's event
 * loop.
 */
public interface FlowView {

    /** Returns the length of the first packet, in bytes. */
    int packetBytes();

    /** Returns the bytes that the flow has queued, the first packet included. */
    long queuedBytes();

    /** Returns the flow's share relative to others of its bottleneck, above 0; 1 by default. */
    double weight();

    /** Returns the index of the flow's class in the shaper's configuration. */
    int classIndex();

    /**
     * Returns the smoothed time from the arrival of the flow's packets to their end, the path's latency included, in nanoseconds;
     * NaN before the first packet has left.
     */
    double latencyNanos();

    /** Returns the least such time since the flow was first seen, in nanoseconds; NaN before the first packet has left. */
    double leastLatencyNanos();

    /** Returns the smoothed rate at which the flow offers bytes, per second; NaN before its second packet. */
    double loadBytesPerSecond();
}
