package io.foreshard.flowshaper;

import java.util.List;

/**
 * Divides the rate of a bottleneck among event loops by what waits on each.
 *
 * <p>A loop follows a smaller lease a little later than it is granted, so until it says so the greater one counts, and it is granted
 * no other: what other loops get on top comes out of what nobody holds. Leases in force therefore never sum above the rate, except
 * while a rate that has just fallen is on its way to the loops.
 */
final class RateLeases {

    /** Share of the rate that is divided evenly, so that a loop on which nothing waits can begin at once. */
    private static final double EVEN_SHARE = 0.125;

    private RateLeases() {}

    /** A loop's lease, as the one who divides sees it. */
    interface Lease {

        /** Returns what waits or arrives there, in bytes, not negative. */
        double demandBytes();

        /** Returns the most that the loop may be following now, in bytes per second. */
        double heldRate();

        /** Returns whether the loop has said that it follows its last lease, and may be granted another. */
        boolean isSettled();

        /** Grants a lease, in bytes per second. Called for settled ones only. */
        void grant(double rate);
    }

    /**
     * Grants new leases.
     *
     * @param rate what there is to divide, above 0 or infinite
     * @param leases those of all loops
     */
    static void divide(double rate, List<? extends Lease> leases) {
        double demand = 0;
        double free = rate;
        for (Lease lease : leases) {
            demand += lease.demandBytes();
            free -= lease.heldRate();
        }
        double more = 0;
        for (Lease lease : leases) {
            more += Math.max(0, wanted(rate, lease, demand, leases.size()) - lease.heldRate());
        }
        double part = rate == Double.POSITIVE_INFINITY ? 1 : more > 0 ? Math.min(1, Math.max(0, free) / more) : 0;
        for (Lease lease : leases) {
            if (lease.isSettled()) {
                double wanted = wanted(rate, lease, demand, leases.size());
                double held = lease.heldRate();
                lease.grant(wanted <= held || part == 1 ? wanted : held + (wanted - held) * part);
            }
        }
    }

    private static double wanted(double rate, Lease lease, double demand, int loops) {
        if (rate == Double.POSITIVE_INFINITY) {
            return rate;
        }
        double even = demand > 0 ? EVEN_SHARE : 1;
        double byDemand = demand > 0 ? (1 - even) * lease.demandBytes() / demand : 0;
        return rate * (even / loops + byDemand);
    }
}
