package io.foreshard.forecast.automatic;

/** Steps ahead that share one set of weights: 1, 2–4, 5–12, 13–48 and beyond. Near and far horizons want different models. */
final class HorizonGroups {

    private static final int[] LAST_STEP = {1, 4, 12, 48};

    /** How many groups there are. */
    static final int COUNT = LAST_STEP.length + 1;

    private HorizonGroups() {}

    /** The group of a step, 1 for the next one. */
    static int of(int step) {
        int group = 0;
        while (group < LAST_STEP.length && step > LAST_STEP[group]) {
            group++;
        }
        return group;
    }

    /** Whether a step is the last of its group within a horizon. */
    static boolean endsAt(int step, int horizonSteps) {
        return step == horizonSteps || of(step) != of(step + 1);
    }
}
