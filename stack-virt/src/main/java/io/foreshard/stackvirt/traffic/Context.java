package io.foreshard.stackvirt.traffic;

/**
 * How often a stack was needed soon in each of some situations: counts that fade. A situation that was hardly ever seen is taken as the general one.
 */
final class Context {

    /** How many grades of {@link #knowledge} there are. */
    static final int KNOWLEDGES = 4;

    private static final double PRIOR_TRIALS = 2;

    private final float[] hits;
    private final float[] trials;
    private final float limit;

    /**
     * Makes empty counts.
     *
     * @param situations how many
     * @param limit of how many trials a situation keeps the memory
     */
    Context(int situations, float limit) {
        hits = new float[situations];
        trials = new float[situations];
        this.limit = limit;
    }

    double probability(int situation, double general) {
        return (hits[situation] + PRIOR_TRIALS * general) / (trials[situation] + PRIOR_TRIALS);
    }

    int knowledge(int situation) {
        float seen = trials[situation];
        return seen < 1 ? 0 : seen < 4 ? 1 : seen < 16 ? 2 : 3;
    }

    void record(int situation, boolean needed) {
        float seen = trials[situation] + 1;
        float fade = seen > limit ? limit / seen : 1;
        trials[situation] = seen * fade;
        hits[situation] = (hits[situation] + (needed ? 1 : 0)) * fade;
    }
}
