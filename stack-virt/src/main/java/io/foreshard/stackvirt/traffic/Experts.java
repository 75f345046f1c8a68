package io.foreshard.stackvirt.traffic;

/**
 * The situations that tell whether one stack will be needed soon: for how long it has not been, where the clock stands, how often it was needed of late, how
 * full the stacks below it are.
 */
final class Experts {

    static final int COUNT = 14;
    /** By how long a stack has not been needed: needed now, a moment ago, …, long ago. */
    static final int REGIMES = 5;

    private static final int AGES = 200;
    private static final int COARSE = 32;
    private static final int DAY = 86_400;
    private static final int FIRST_CLOCK = 4;
    private static final int LAST_CLOCK = 9;

    private final Context general = new Context(REGIMES, 20_000);
    private final Context[] contexts = {
        new Context(AGES, 2000), // how long it was not needed
        new Context(REGIMES, 600), // of late
        new Context(REGIMES * 64, 500), // how often it was needed in the last minute, ten minutes, hour
        new Context(COARSE * COARSE, 500), // how long, and how long the time before
        new Context(150, 60), // five minutes
        new Context(180, 100), // fifteen minutes
        new Context(720, 60), // an hour
        new Context(180, 120), // an hour, coarse
        new Context(1440, 240), // a day
        new Context(96, 3600), // a day, coarse
        new Context(REGIMES * 48, 500), // room that is left, and its trend
        new Context(COARSE * COARSE, 500), // how long, and how long the stack below
        new Context(COARSE * 3, 2000), // how long, coarse
        new Context(24 * REGIMES, 2000), // what the times since each use say
    };
    private final Lags lags = new Lags();
    private final Mixer own = new Mixer(REGIMES, COUNT + 1);
    private final Mixer shared;
    private final Calibration calibration = new Calibration();

    Experts(Mixer shared) {
        this.shared = shared;
    }

    static Mixer sharedMixer() {
        return new Mixer(REGIMES, COUNT + 1);
    }

    static int regime(long age) {
        return age == 0 ? 0 : age <= 3 ? 1 : age <= 15 ? 2 : age <= 63 ? 3 : 4;
    }

    /** Sixteen steps to the octave. */
    static int fine(long age) {
        if (age < 16) {
            return (int) age;
        }
        int octave = 63 - Long.numberOfLeadingZeros(age);
        int part = (int) (age >> (octave - 4)) & 15;
        return Math.min(AGES - 1, 16 + (octave - 4) * 16 + part);
    }

    /** Four steps to the octave. */
    static int middle(long age) {
        if (age < 4) {
            return (int) age;
        }
        int octave = 63 - Long.numberOfLeadingZeros(age);
        int part = (int) (age >> (octave - 2)) & 3;
        return Math.min(COARSE * 3 - 1, 4 + (octave - 2) * 4 + part);
    }

    /** Two steps to the octave. */
    static int coarse(long age) {
        if (age < 2) {
            return (int) age;
        }
        int octave = 63 - Long.numberOfLeadingZeros(age);
        int part = (int) (age >> (octave - 1)) & 1;
        return Math.min(COARSE - 1, 2 + (octave - 1) * 2 + part);
    }

    /** Fills in a situation, and the probability in it. */
    void look(Situation seen, LevelView now) {
        int regime = regime(now.age);
        seen.regime = regime;
        int second = (int) Math.floorMod(now.slot, (long) DAY);
        int[] cells = seen.cells;
        cells[0] = fine(now.age);
        cells[1] = regime;
        cells[2] = regime * 64 + now.frequency;
        cells[3] = coarse(now.age) * COARSE + coarse(now.lastGap);
        cells[4] = second % 300 / 2;
        cells[5] = second % 900 / 5;
        cells[6] = second % 3600 / 5;
        cells[7] = second % 3600 / 20;
        cells[8] = second / 60;
        cells[9] = second / 900;
        cells[10] = regime * 48 + now.room;
        cells[11] = coarse(now.age) * COARSE + coarse(now.ageBelow);
        cells[12] = middle(now.age);
        double base = general.probability(regime, 1e-3);
        double logit = Mixer.stretch(base);
        double byLags = lags.look(seen, now.slot, base);
        double lagMove = Mixer.stretch(byLags) - logit;
        cells[13] = regime * 24 + (int) Math.max(0, Math.min(23, 2 * lagMove + 4));
        for (int i = 0; i < COUNT; i++) {
            double move = Mixer.stretch(contexts[i].probability(cells[i], base)) - logit;
            seen.moves[i] = silent(regime, i) ? 0 : (float) move;
            seen.knowledge[i] = (byte) contexts[i].knowledge(cells[i]);
        }
        seen.moves[COUNT] = (float) lagMove;
        seen.knowledge[COUNT] = (byte) 2;
        double ownLogit = logit + own.move(regime, seen.moves, seen.knowledge);
        double sharedLogit = logit + shared.move(regime, seen.moves, seen.knowledge);
        seen.own = Mixer.squash(ownLogit);
        seen.shared = Mixer.squash(sharedLogit);
        double joined = (ownLogit + sharedLogit) / 2;
        seen.band = Calibration.point(joined);
        seen.probability = Mixer.squash(joined + calibration.move(seen.band) / 2);
        seen.slot = now.slot;
    }

    /** While a stack is in use, the clock says nothing of when its next use begins. */
    private static boolean silent(int regime, int expert) {
        return regime < 2 && expert >= FIRST_CLOCK && expert <= LAST_CLOCK;
    }

    void started(long slot) {
        lags.started(slot);
    }

    /** Learns what came of a situation. */
    void learn(Situation seen, boolean needed) {
        double came = needed ? 1 : 0;
        own.learn(seen.regime, seen.moves, seen.knowledge, came - seen.own);
        shared.learn(seen.regime, seen.moves, seen.knowledge, came - seen.shared);
        calibration.record(seen.band, needed);
        general.record(seen.regime, needed);
        lags.learn(seen, needed);
        for (int i = 0; i < COUNT; i++) {
            if (!silent(seen.regime, i)) {
                contexts[i].record(seen.cells[i], needed);
            }
        }
    }
}
