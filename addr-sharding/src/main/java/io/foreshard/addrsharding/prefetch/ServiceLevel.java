package io.foreshard.addrsharding.prefetch;

/**
 * Corrects needs by what was missed, so that the hit rate is reached whatever the forecasts are worth: each miss beyond the share that
 * is allowed raises the factor, each hit lowers it a little (adaptive conformal inference: Gibbs and Candès, NeurIPS 2021). Over a long time the
 * share of misses comes to what is allowed, on any demand. Confined to one thread.
 */
final class ServiceLevel {

    private static final double LEAST = 0.5;
    private static final double MOST = 4;

    private final double allowed;
    private final double rate;
    private final double memory;
    private double usual;
    private double factor = 1;

    /**
     * Makes a factor of 1.
     *
     * @param hitRate the share of requests to be served at once, in (0, 1)
     * @param rate by how much the factor rises when as many are missed as are usually asked for in a step
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
            factor = Math.max(LEAST, Math.min(MOST, factor * Math.exp(rate * beyond)));
        }
    }

    double factor() {
        return factor;
    }
}
