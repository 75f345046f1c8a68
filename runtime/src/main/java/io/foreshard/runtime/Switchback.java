package io.foreshard.runtime;

import java.util.SplittableRandom;

/**
 * An experiment over time that compares two arms, predictive and reactive, whose decisions influence each other: time is cut into slots,
 * all decisions of a slot belong to one arm, and pairs of neighbouring slots, one of each arm in an order that is drawn, are compared
 * (Cochran and Cox, Experimental Designs, 1957; Bojinov, Simchi-Levi and Zhao, Management Science 69(7), 2023). Confined to one thread.
 *
 * <p>Pairs cancel what drifts. What is decided while the other arm's decisions still show belongs to neither. What a decision cost counts
 * for the slot in which it was made, if it becomes known within {@value #SLOTS_TO_SETTLE} slots.
 */
final class Switchback {

    static final int LEAST_SLOT_STEPS = 10;
    static final int SLOTS_TO_SETTLE = 6;

    /** A slot is as many times as long as what was decided before it shows. */
    private static final int SETTLING_PART = 3;

    private static final int SLOTS = 64;
    private static final int NEVER = -SLOTS;

    private final SplittableRandom random;
    private final PairScore pairs = new PairScore();
    private final LevelWatch level = new LevelWatch();
    private final boolean[] predictive = new boolean[SLOTS];
    private final boolean[] tells = new boolean[SLOTS];
    /** The second slot of a pair; its first is the slot before. */
    private final boolean[] endsPair = new boolean[SLOTS];

    private final double[] cost = new double[SLOTS];
    private final int[] count = new int[SLOTS];
    private int slot;
    private int stepsLeft;
    private int stepsUntilSettled;
    private boolean isPairBegun;
    private boolean acts;
    /** Slots before it belong to something else. */
    private int firstCompared;

    Switchback(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Takes a step of time; draws an arm at slot borders.
     *
     * @param settlingSteps for how many steps a decision shows
     * @param pairShare how often a pair begins where none is under way, 0…1
     * @param otherwise the arm of slots outside of pairs
     */
    void step(int settlingSteps, double pairShare, boolean otherwise) {
        stepsUntilSettled--;
        if (--stepsLeft > 0) {
            return;
        }
        stepsLeft = Math.max(LEAST_SLOT_STEPS, SETTLING_PART * settlingSteps);
        slot++;
        settle(slot - SLOTS_TO_SETTLE);
        int fresh = slot % SLOTS;
        boolean before = acts;
        draw(fresh, pairShare, otherwise);
        if (acts != before) {
            stepsUntilSettled = settlingSteps;
        }
        predictive[fresh] = acts;
        tells[fresh] = false;
        cost[fresh] = 0;
        count[fresh] = 0;
    }

    private void draw(int fresh, double pairShare, boolean otherwise) {
        endsPair[fresh] = isPairBegun;
        if (isPairBegun) {
            acts = !acts;
            isPairBegun = false;
        } else {
            isPairBegun = random.nextDouble() < pairShare;
            acts = isPairBegun ? random.nextBoolean() : otherwise;
        }
    }

    private void settle(int settled) {
        int second = Math.floorMod(settled, SLOTS);
        int first = Math.floorMod(settled - 1, SLOTS);
        boolean isScored = count[first] > 0 && count[second] > 0;
        if (endsPair[second] && isScored && (tells[first] || tells[second]) && settled > firstCompared) {
            double change = mean(second) - mean(first);
            pairs.add(predictive[second] ? change : -change);
        }
        if (predictive[second] && count[second] > 0 && settled >= firstCompared) {
            level.add(mean(second));
        }
        count[first] = 0;
    }

    private double mean(int index) {
        return cost[index] / count[index];
    }

    /** Takes that prediction would decide otherwise now; pairs without such a step are not compared. */
    void tells() {
        tells[slot % SLOTS] = true;
    }

    /** Forgets what was compared; slots up to the current one do not count. */
    void restart() {
        pairs.clear();
        level.clear();
        firstCompared = slot + 1;
    }

    /** Ends a pair that is under way: all is reactive at once. */
    void stop() {
        acts = false;
        isPairBegun = false;
    }

    boolean acts() {
        return acts;
    }

    /** Returns the slot in which what is decided now will be scored. */
    int slot() {
        return stepsUntilSettled > 0 ? NEVER : slot;
    }

    /** Takes the logarithm of what a decision cost that was made in a {@link #slot()}. */
    void score(int decidedIn, double logCost) {
        if (slot - decidedIn < SLOTS_TO_SETTLE) {
            cost[decidedIn % SLOTS] += logCost;
            count[decidedIn % SLOTS]++;
        }
    }

    /** Returns what predictive slots cost more than the reactive ones beside them. */
    PairScore pairs() {
        return pairs;
    }

    /** Returns what predictive slots cost. */
    LevelWatch level() {
        return level;
    }
}
