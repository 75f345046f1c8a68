package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.RateCause;

/**
 * What a control step found and decided about a bottleneck.
 *
 * @param rateBytesPerSecond how fast it may be filled, infinite for no limit
 * @param cause why
 * @param bypassed whether packets pass unshaped now, as the trial wants it
 * @param backlogBytes what waits in the shaper
 * @param arrivalBytesPerSecond what was offered in the last step
 * @param releaseBytesPerSecond what was sent on in the last step
 * @param queueDelayNanos time in the bottleneck's own queue, NaN when not known
 * @param baseLatencyNanos latency of the path when nothing queues, NaN when not known
 * @param congestionLevel 0…1, NaN when not known
 * @param serverLoad 0…1, NaN when not known
 * @param loopDelayNanos how long a change takes to show
 * @param trial what the comparison with no shaping says, see {@link FlowShaperBuilder#trial}
 */
public record BottleneckReport(
        double rateBytesPerSecond,
        RateCause cause,
        boolean bypassed,
        long backlogBytes,
        double arrivalBytesPerSecond,
        double releaseBytesPerSecond,
        double queueDelayNanos,
        double baseLatencyNanos,
        double congestionLevel,
        double serverLoad,
        long loopDelayNanos,
        TrialReport trial) {}
