package io.foreshard.coreapi;

/**
 * One observation of how busy a server node is.
 *
 * @param cpu share of its processors in use, 0…1, or {@link Double#NaN} when not known
 * @param memory share of its memory that is not available to programs, 0…1, or {@link Double#NaN} when not known
 * @param network share of its network capacity in use, the busier direction, 0…1, or {@link Double#NaN} when not known
 * @param ageNanos time since the observation was made, {@code >= 0}
 * @param confidence how far the source trusts it, 0 (not at all) … 1; falls with age
 */
public record NodeLoad(double cpu, double memory, double network, long ageNanos, double confidence) {

    /** Share of memory in use up to which nothing suffers. */
    private static final double COMFORTABLE_MEMORY = 0.8;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public NodeLoad {
        share("cpu", cpu);
        share("memory", memory);
        share("network", network);
        if (ageNanos < 0) {
            throw new IllegalArgumentException("ageNanos: " + ageNanos + " (expected: >= 0)");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence: " + confidence + " (expected: 0…1)");
        }
    }

    /**
     * Returns one number for all three: the load of the scarcest resource, {@code max(cpu, network, max(0, (memory - 0.8) / 0.2))}.
     * Memory counts from four fifths on, because what is used below that serves as a cache. What is not known is left out.
     *
     * @return 0 (idle) … 1 (something is used up), or {@link Double#NaN} if nothing is known
     */
    public double combined() {
        return larger(larger(cpu, network), Math.max(0, (memory - COMFORTABLE_MEMORY) / (1 - COMFORTABLE_MEMORY)));
    }

    private static double larger(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    private static void share(String name, double value) {
        if (value < 0 || value > 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0…1, or NaN for unknown)");
        }
    }
}
