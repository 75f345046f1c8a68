package io.foreshard.stackvirt.traffic;

/** Foretells for one stack of a kind whether it is needed within the next slots. */
final class LevelModel {

    private static final long FRESH_AGE = 5;
    private static final double[] SCALES = {60, 600, 3600};

    private final Experts experts;
    private final ForecastExpert forecasts;
    private final LevelView view = new LevelView();
    private final Situation[] pending;
    private final double[] starts = new double[3];
    private final Reliability reliability = new Reliability();

    private final int window;
    private long lastNeeded = Long.MIN_VALUE;
    private long lastGap;

    LevelModel(int window, TrafficExperience experience) {
        experts = new Experts(experience.mixer);
        forecasts = new ForecastExpert(experience.forecastMixer);
        this.window = window;
        pending = new Situation[window];
        for (int i = 0; i < window; i++) {
            pending[i] = new Situation();
        }
    }

    /** Ends a slot in which the stack was needed or not, and foretells; with what a forecaster says, which is NaN if none says anything. */
    double step(long slot, boolean needed, long ageBelow, int room, double foretold) {
        settle(slot, needed);
        for (int i = 0; i < SCALES.length; i++) {
            starts[i] *= 1 - 1 / SCALES[i];
        }
        if (needed) {
            long gap = lastNeeded == Long.MIN_VALUE ? 0 : slot - lastNeeded;
            if (gap > FRESH_AGE) {
                lastGap = gap;
                experts.started(slot);
                for (int i = 0; i < SCALES.length; i++) {
                    starts[i] += 1;
                }
            }
            lastNeeded = slot;
        }
        view.slot = slot;
        view.age = age(slot);
        view.ageBelow = ageBelow;
        view.lastGap = lastGap;
        view.frequency =
                grade(starts[0], 0.3, 1, 3) + 4 * grade(starts[1], 0.5, 2, 8) + 16 * grade(starts[2], 1, 5, 20);
        view.room = room;
        Situation next = pending[(int) Math.floorMod(slot, (long) window)];
        experts.look(next, view);
        forecasts.look(next, foretold);
        return next.probability;
    }

    /** Decides the forecasts that end with this slot, and those that it makes true. */
    private void settle(long slot, boolean needed) {
        for (Situation seen : pending) {
            boolean over = seen.slot == slot - window;
            if (seen.slot != Long.MIN_VALUE && (needed || over)) {
                experts.learn(seen, needed);
                forecasts.learn(seen, needed);
                reliability.record(seen.probability, needed, seen.regime >= 2);
                seen.slot = Long.MIN_VALUE;
            }
        }
    }

    private static int grade(double value, double first, double second, double third) {
        return value < first ? 0 : value < second ? 1 : value < third ? 2 : 3;
    }

    long age(long slot) {
        return lastNeeded == Long.MIN_VALUE ? 1 << 20 : slot - lastNeeded;
    }

    boolean trustsForecasts() {
        return forecasts.isTrusted();
    }

    Reliability reliability() {
        return reliability;
    }
}
