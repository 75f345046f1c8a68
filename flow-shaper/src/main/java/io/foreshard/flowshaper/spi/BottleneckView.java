package io.foreshard.flowshaper.spi;

/**
 * A bottleneck, which is a path or the server at its end, as a {@link DelayCalculator} sees it: what the newest control step found.
 * Consistent in itself, valid during the call only.
 *
 * <p>What is not known, or no longer, is {@link Double#NaN}; it never turns into zero.
 */
public interface BottleneckView {

    /** Returns the name that the application gave it. */
    String name();

    /** Returns the time between control steps, in nanoseconds. */
    long stepNanos();

    /**
     * Returns how long it takes until a change of the rate shows in {@link #queueDelayNanos()}, in nanoseconds, as measured: half the
     * time between samples, the lag of the filter, the round trip and one control step.
     */
    long loopDelayNanos();

    /** Returns the time that packets stand in the bottleneck's own queue: filtered latency above its baseline, in nanoseconds. */
    double queueDelayNanos();

    /** Returns the latency of the path when nothing queues, in nanoseconds. */
    double baseLatencyNanos();

    /** Returns the highest rate that was delivered lately or that a source reports, in bytes per second. */
    double capacityBytesPerSecond();

    /**
     * Returns what will be left for us of the capacity one loop delay ahead, in bytes per second, or NaN when nothing is forecast,
     * or when forecasts are not trusted now.
     */
    double expectedCapacityBytesPerSecond();

    /** Returns how congested the path is: 0 (idle) … 1; see {@link io.foreshard.coreapi.PathOutlook#congestionLevel()}. */
    double congestionLevel();

    /** Returns how busy the server is: 0 (idle) … 1; see {@link io.foreshard.coreapi.NodeLoad#combined()}. */
    double serverLoad();

    /** Returns the age of the newest sample of the path, in nanoseconds; {@link Long#MAX_VALUE} before the first. */
    long pathAgeNanos();

    /** Returns the age of the newest sample of the server, in nanoseconds; {@link Long#MAX_VALUE} before the first. */
    long loadAgeNanos();

    /** Returns the rate in force, in bytes per second; {@link DelayCalculator#UNLIMITED} when there is none. */
    double rateBytesPerSecond();

    /** Returns the rate at which packets arrived during the last step, in bytes per second. */
    double arrivalBytesPerSecond();

    /** Returns the rate at which packets were let through during the last step, in bytes per second. */
    double releaseBytesPerSecond();

    /** Returns the bytes that wait here, over all event loops. */
    long backlogBytes();

    /**
     * Returns what the server at the end of the path gets done, in bytes per second of what was let through to it, as outcomes of requests
     * tell; {@link Double#NaN} where nobody tells them.
     */
    default double servedBytesPerSecond() {
        return Double.NaN;
    }
}
