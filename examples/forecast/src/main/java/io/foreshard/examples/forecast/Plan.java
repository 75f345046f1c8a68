package io.foreshard.examples.forecast;

/**
 * Where a back-test cuts a series: windows as long as the horizon, end to end, in the newer half.
 *
 * @param length number of steps of the series
 * @param horizonSteps length of a window
 * @param windows how many there are; 0 when the series is too short
 * @param nextStepsFrom from where on each step is forecast right before it
 */
record Plan(int length, int horizonSteps, int windows, int nextStepsFrom) {

    /** Of fewer steps nothing can be said. */
    static final int LEAST_STEPS = 20;

    private static final int MOST_NEXT_STEPS = 10_000;

    static Plan of(int length, Question question) {
        int horizon = question.horizonSteps();
        int windows = length < LEAST_STEPS ? 0 : Math.min(question.origins(), length / 2 / horizon);
        int nextSteps = Math.max(windows * horizon, Math.min(length / 2, MOST_NEXT_STEPS));
        return new Plan(length, horizon, windows, length - nextSteps);
    }

    /** The first step that is scored; what is before it is what the scale is taken from. */
    int firstOrigin() {
        return length - windows * horizonSteps;
    }

    boolean isOrigin(int index) {
        return index >= firstOrigin() && (index - firstOrigin()) % horizonSteps == 0;
    }
}
