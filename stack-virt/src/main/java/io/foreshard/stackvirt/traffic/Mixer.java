package io.foreshard.stackvirt.traffic;

/**
 * Joins what experts say in the logistic domain: the general log-odds, and by how much each expert would move them. Its weights learn by gradient descent on the coding cost of
 * what came true; one set of them for each regime and for how much an expert knows of its situation. A last table brings the result to what really came of
 * such results.
 */
final class Mixer {

    static final double LARGEST = 9;

    private static final double FIRST_WEIGHT = 0.2;
    private static final double RATE = 0.01;
    private static final double MOST_WEIGHT = 2;

    private final int experts;
    private final float[] weights;

    Mixer(int regimes, int experts) {
        this(regimes, experts, FIRST_WEIGHT);
    }

    /** Trusts experts at first by a weight that grows with how much they know. */
    Mixer(int regimes, int experts, double firstWeight) {
        this.experts = experts;
        weights = new float[regimes * experts * Context.KNOWLEDGES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (firstWeight * (i % Context.KNOWLEDGES) / (Context.KNOWLEDGES - 1));
        }
    }

    static double stretch(double probability) {
        double bounded = Math.max(1e-4, Math.min(1 - 1e-4, probability));
        return Math.log(bounded / (1 - bounded));
    }

    static double squash(double logit) {
        return 1 / (1 + Math.exp(-Math.max(-LARGEST, Math.min(LARGEST, logit))));
    }

    /** Returns by how much all experts together would move the log-odds. */
    double move(int regime, float[] moves, byte[] knowledge) {
        double sum = 0;
        for (int i = 0, row = regime * experts * Context.KNOWLEDGES; i < experts; i++, row += Context.KNOWLEDGES) {
            sum += weights[row + knowledge[i]] * moves[i];
        }
        return sum;
    }

    void learn(int regime, float[] moves, byte[] knowledge, double error) {
        double step = RATE * error;
        for (int i = 0, row = regime * experts * Context.KNOWLEDGES; i < experts; i++, row += Context.KNOWLEDGES) {
            int at = row + knowledge[i];
            double moved = weights[at] + step * moves[i];
            weights[at] = (float) (moved > MOST_WEIGHT ? MOST_WEIGHT : moved < -MOST_WEIGHT ? -MOST_WEIGHT : moved);
        }
    }
}
