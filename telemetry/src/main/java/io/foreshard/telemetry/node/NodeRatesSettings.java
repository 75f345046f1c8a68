package io.foreshard.telemetry.node;

import java.util.function.Predicate;

/**
 * How readings are made into loads.
 *
 * @param longestStepSeconds readings further apart say little about now
 * @param networkCapacityBytesPerSecond of each device, or NaN to believe what the device says
 * @param devices which network devices count
 * @param countCpuPressure whether tasks that wait for a processor count as a busy processor
 */
record NodeRatesSettings(
        double longestStepSeconds,
        double networkCapacityBytesPerSecond,
        Predicate<String> devices,
        boolean countCpuPressure) {

    /** Returns the capacity of a device, NaN when nobody knows. */
    double capacity(double speedBytesPerSecond) {
        if (!Double.isNaN(networkCapacityBytesPerSecond)) {
            return networkCapacityBytesPerSecond;
        }
        return speedBytesPerSecond > 0 ? speedBytesPerSecond : Double.NaN;
    }
}
