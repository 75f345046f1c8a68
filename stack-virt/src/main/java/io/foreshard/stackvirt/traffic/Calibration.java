package io.foreshard.stackvirt.traffic;

/** Brings log-odds to what came of such log-odds: a table of points on a line, drawn towards the line itself. */
final class Calibration {

    /** How many points there are. */
    static final int POINTS = 19;

    private static final float FIRST_TRIALS = 30;
    private static final float LIMIT = 3000;

    private final float[] hits = new float[POINTS];
    private final float[] trials = new float[POINTS];

    Calibration() {
        for (int point = 0; point < POINTS; point++) {
            trials[point] = FIRST_TRIALS;
            hits[point] = (float) (FIRST_TRIALS * Mixer.squash(point - Mixer.LARGEST));
        }
    }

    static int point(double logit) {
        return (int) Math.round(Math.max(-Mixer.LARGEST, Math.min(Mixer.LARGEST, logit)) + Mixer.LARGEST);
    }

    /** Returns by how much log-odds near a point are to be moved. */
    double move(int point) {
        return Mixer.stretch(hits[point] / trials[point]) - Math.max(-Mixer.LARGEST, point - Mixer.LARGEST);
    }

    void record(int point, boolean needed) {
        float seen = trials[point] + 1;
        float fade = seen > LIMIT ? LIMIT / seen : 1;
        trials[point] = seen * fade;
        hits[point] = (hits[point] + (needed ? 1 : 0)) * fade;
    }
}
