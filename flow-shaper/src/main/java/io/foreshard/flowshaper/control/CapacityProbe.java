package io.foreshard.flowshaper.control;

/**
 * Asks for more while packets wait here and none before the bottleneck: then it passes more than is thought, and only more traffic can
 * tell how much. What is asked for grows the longer nothing queues, so that a capacity that has doubled is found in some ten loop delays
 * and one that has not is exceeded by little. Faster up to half of what passed before, as CUBIC does (RFC 9438): that is no news.
 */
final class CapacityProbe {

    private static final double PATIENCE_LOOPS = 1.5;
    private static final double GROWTH_PER_LOOP = 0.02;
    private static final double MOST_GROWTH = 0.1;

    private static final double REGAINING = 5;
    private static final double REGAINED_SHARE = 0.5;

    private double idleLoops;

    void reset() {
        idleLoops = 0;
    }

    /**
     * Returns by what to multiply the capacity for a step of this length.
     *
     * @param regained the capacity as it is thought to be, as a share of what passed before
     */
    double factor(boolean idle, long elapsedNanos, double loopNanos, double regained) {
        double loops = elapsedNanos / loopNanos;
        idleLoops = idle ? idleLoops + loops : 0;
        double pace = regained < REGAINED_SHARE ? REGAINING : 1;
        double growth = pace * Math.min(MOST_GROWTH, GROWTH_PER_LOOP * (idleLoops - PATIENCE_LOOPS));
        return growth > 0 ? 1 + growth * loops : 1;
    }
}
