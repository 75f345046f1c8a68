package io.foreshard.addrsharding.prefetch;

/**
 * Corrects needs by what was missed, so that the hit rate is reached whatever the forecasts are worth: each miss beyond the share that
 * is allowed raises them, each hit lowers them a little (adaptive conformal inference: Gibbs and Candès, NeurIPS 2021). Over a long time the
 * share of misses comes to what is allowed, on any demand.
 *
 * <p>Where a lower and a higher quantile are known, needs move between both first, as one level for all costs least: certain demand needs no reserve.
 * Beyond both, and where there is one need only, they are multiplied. Confined to one thread.
 */
final class ServiceLevel {

    private static final double LEAST = 0.5;
    private static final double MOST = 4;
    /** About the logarithm of the higher quantile as a multiple of the lower one. */
    private static final double SPAN = 0.35;

    private final double allowed;
    private final double rate;
    private final double memory;
    private double usual;
    /** The logarithm of what needs are multiplied by. */
    private double raised;

    /**
     * Makes one that corrects nothing.
     *
     * @param hitRate the share of requests to be served at once, in (0, 1)
     * @param rate by which share needs rise when as many are missed as are usually asked for in a step
     * @param memorySteps over how many steps the usual demand is taken
     */
    ServiceLevel(double hitRate, double rate, double memorySteps) {
        allowed = 1 - hitRate;
        this.rate = rate;
        memory = memorySteps;
    }

    void step(double asked, double missed) {
        usual = usual == 0 ? asked : usual + (asked - usual) / memory;
        if (usual > 0) {
            double beyond = (missed - allowed * asked) / usual;
            raised = Math.max(Math.log(LEAST), Math.min(Math.log(MOST), raised + rate * beyond));
        }
    }

    /** Returns by what a need is to be multiplied. */
    double factor() {
        return Math.exp(raised);
    }

    /** Returns where needs are between the lower quantile, 0, and the higher one, 1. */
    double height() {
        return Math.max(0, Math.min(1, 0.5 + raised / SPAN));
    }

    /** Returns by what a need at that height is to be multiplied. */
    double factorBeyond() {
        return Math.exp(raised - SPAN * (height() - 0.5));
    }
}
