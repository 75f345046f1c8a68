package io.foreshard.addrsharding.demand;

import io.foreshard.runtime.Checks;

/** How much address space a subdivision's demand is worth, to be divided by the size of a shard. Pure. */
@FunctionalInterface
public interface DemandScore {

    /**
     * As specified: {@code predictedVmCount × predictedBandwidth} at the end of the forecast, with the bandwidth in bits per second. It is no number of
     * addresses: twice the VMs score four times as much, and the result hangs on the unit of the bandwidth. Here to compare with.
     */
    DemandScore SPECIFIED = forecast -> {
        int last = forecast.vms().horizonSteps();
        return Math.max(0, forecast.vms().mean(last)) * Math.max(0, forecast.bandwidth(last));
    };

    /**
     * Returns a score in addresses: the highest quantile of the count of VMs over the forecast, or the addresses that would carry the
     * bandwidth if that is more. So it does not hang on units, grows in proportion to demand, and covers chance.
     *
     * @param level which quantile, in (0, 1); what a shortage costs, as a share of that and of what idle space costs
     * @param bandwidthPerAddress the bandwidth in bits per second that an address is provided for, such as what a host's link has for each VM; above 0, may be infinite
     */
    static DemandScore quantile(double level, double bandwidthPerAddress) {
        Checks.inRange("level", level, 0.01, 0.9999);
        Checks.require(bandwidthPerAddress > 0, "bandwidthPerAddress", bandwidthPerAddress, "> 0");
        return forecast -> {
            double most = 0;
            for (int step = 1; step <= forecast.vms().horizonSteps(); step++) {
                double vms = forecast.vms().quantile(level, step);
                double carried = forecast.bandwidth(level, step) / bandwidthPerAddress;
                most = Math.max(most, Math.max(vms, carried));
            }
            return most;
        };
    }

    /**
     * Returns the score.
     *
     * @param forecast of the subdivision
     * @return not negative
     */
    double of(DemandForecast forecast);
}
