package io.foreshard.flowshaper.spi;

/**
 * Decides when the packets of one bottleneck leave: by the rate at which the bottleneck is filled, and by a delay of each packet
 * on top. One instance belongs to one bottleneck.
 *
 * <p>A delay is not a rate: departures {@code D(t) = A(t - d(t))} leave at {@code λ(1 - d')}, so only a delay that rises sheds
 * load, and a constant one moves packets once. What is to relieve a bottleneck answers with a rate, from which the engine derives
 * the departure time of each packet: the flows with packets queued share it by their weights, and a packet that finds its
 * bottleneck idle does not wait.
 *
 * <p>An exception is caught and counted; the packet or the step goes on as if nothing limited it.
 */
public interface DelayCalculator {

    /** The answer of {@link #rateBytesPerSecond} when the bottleneck needs no limit. */
    double UNLIMITED = Double.POSITIVE_INFINITY;

    /**
     * Returns how fast the bottleneck is to be filled from now on, by all flows and event loops together. Called once per control
     * step, by one thread at a time; may keep state from step to step. Packets that are queued follow the new rate at once.
     *
     * @param bottleneck what is known of it; not to be retained
     * @param nowNanos the engine's clock, in nanoseconds
     * @return bytes per second, above 0, or {@link #UNLIMITED}; NaN and what is not above 0 count as {@link #UNLIMITED}
     */
    double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos);

    /**
     * Returns why the newest rate was what it was, for reports. Called after each {@link #rateBytesPerSecond}, on its thread.
     *
     * @return {@link RateCause#CALCULATOR} unless overridden
     */
    default RateCause rateCause() {
        return RateCause.CALCULATOR;
    }

    /**
     * Returns how long the packet at the head of a flow is to be held after its arrival, beside the rate. Called on event loops,
     * several at a time, once or more per packet: it must return within microseconds, change nothing and allocate nothing.
     * Packets of a flow leave in their order whatever is answered.
     *
     * @param flow the flow and its first packet; not to be retained
     * @param bottleneck what is known of the bottleneck; not to be retained
     * @return nanoseconds after the packet's arrival, 0 or less for none; cut to the delay budget of the flow's class
     */
    long delayNanos(FlowView flow, BottleneckView bottleneck);
}
