package io.foreshard.stackvirt.traffic;

import java.util.Map;

/**
 * What was seen and is expected of the messages of one key, as of one moment.
 *
 * @param key whose
 * @param arrivals how many came, those of the key before it in its place included
 * @param inFlight how many are not answered
 * @param ratePerSecond messages a second of late
 * @param usualRatePerSecond the same over a longer time
 * @param burstProbability how often the rate rose to a multiple of the usual one, per message
 * @param nextGapMillis when the next one is expected, after the newest
 * @param gapSpreadMillis the mean distance of gaps from what was expected
 * @param tasksPerSecond auxiliary tasks a second
 */
public record KeyReport(
        TrafficKey key,
        long arrivals,
        int inFlight,
        double ratePerSecond,
        double usualRatePerSecond,
        double burstProbability,
        double nextGapMillis,
        double gapSpreadMillis,
        Map<AuxiliaryTask, Double> tasksPerSecond) {

    /** Copies the map. */
    public KeyReport {
        tasksPerSecond = Map.copyOf(tasksPerSecond);
    }
}
