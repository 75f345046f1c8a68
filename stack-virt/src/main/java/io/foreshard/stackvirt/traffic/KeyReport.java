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
 * @param nextGapMillis when the next one is expected, after the newest
 * @param gapSpreadMillis the mean distance of gaps from what was expected
 * @param tasksPerSecond auxiliary tasks a second over a longer time
 * @param outlook what is expected
 */
public record KeyReport(
        TrafficKey key,
        long arrivals,
        int inFlight,
        double ratePerSecond,
        double usualRatePerSecond,
        double nextGapMillis,
        double gapSpreadMillis,
        Map<AuxiliaryTask, Double> tasksPerSecond,
        KeyOutlook outlook) {

    /** Copies the map. */
    public KeyReport {
        tasksPerSecond = Map.copyOf(tasksPerSecond);
    }
}
