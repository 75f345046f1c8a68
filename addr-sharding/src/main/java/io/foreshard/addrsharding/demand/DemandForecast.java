package io.foreshard.addrsharding.demand;

import io.foreshard.coreapi.Forecast;

/**
 * How many VMs a subdivision is expected to run, and what bandwidth they need.
 *
 * @param subdivision its name
 * @param fromMillis when the first step ends, in milliseconds since 1970
 * @param stepMillis how long a step is
 * @param vms how many VMs, by step, with quantiles and skill
 * @param bandwidthPerVm bits per second of a VM on average
 */
public record DemandForecast(
        String subdivision, long fromMillis, long stepMillis, Forecast vms, double bandwidthPerVm) {

    /**
     * Returns the bandwidth that is expected, in bits per second.
     *
     * @param step 1 for the first one
     */
    public double bandwidth(int step) {
        return vms.mean(step) * bandwidthPerVm;
    }

    /**
     * Returns a quantile of the bandwidth, in bits per second.
     *
     * @param level in (0, 1)
     * @param step 1 for the first one
     */
    public double bandwidth(double level, int step) {
        return vms.quantile(level, step) * bandwidthPerVm;
    }
}
