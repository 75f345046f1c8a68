package io.foreshard.stackvirt.traffic;

import io.foreshard.stackvirt.traffic.TaskOutlook.Basis;
import java.util.Arrays;

/**
 * How many auxiliary tasks of one sort are expected in the coming slot: as many to a message as of late, as many as of late, or as many as at that time of the minute, five minutes, hour, day, whichever was
 * nearest of late.
 */
final class TaskSeries {

    /** How many times of recurrence there are. */
    static final int MOST_CLOCKS = 4;

    private static final int[] PERIODS = {60, 300, 3600, 86_400};
    private static final int[] CELL = {1, 2, 15, 900};
    private static final double MOST_TASKS = 1e9;
    private static final double CELL_WEIGHT = 0.2;
    private static final double RATIO_WEIGHT = 0.01;
    private static final double ERROR_WEIGHT = 0.005;
    private static final double SPREAD_WEIGHT = 0.05;
    private static final double LEAST_SPREAD = 0.2;
    private static final double OFFSET = 0.25;
    /** From so many expected tasks on, a slot is one in which some are. */
    private static final double SOME = 0.5;

    private static final Basis[] BASES = Basis.values();
    private static final int FIRST_CLOCK = Basis.MINUTE.ordinal();

    private final AuxiliaryTask task;
    private final float[][] clocks;
    private final CountLevel level = new CountLevel();
    private final QuantileTracker next = new QuantileTracker(1);
    private final double[] expected = new double[BASES.length];
    private final double[] errors = new double[BASES.length];
    private double usual;
    private double usualMessages;
    private double spread = 1;
    private long slots;
    private int best;
    private double inSlot;
    private double seen;

    /**
     * Makes one that has seen nothing.
     *
     * @param task which
     * @param clocks how many times of recurrence are looked at, from the minute up
     */
    TaskSeries(AuxiliaryTask task, int clocks) {
        this.task = task;
        this.clocks = new float[clocks][];
        for (int clock = 0; clock < clocks; clock++) {
            this.clocks[clock] = new float[PERIODS[clock] / CELL[clock]];
            Arrays.fill(this.clocks[clock], Float.NaN);
        }
    }

    /** Counts tasks of this slot; below 0 counts as 0. */
    void count(long tasks) {
        inSlot += Math.min(MOST_TASKS, (double) Math.max(0, tasks));
    }

    /** Ends a slot in which so many messages came, with as many expected in the coming one. */
    void slot(long slot, double messages, double expectedMessages) {
        seen = inSlot;
        inSlot = 0;
        slots++;
        learn(slot, messages);
        double of = level.center();
        expected[Basis.MESSAGES.ordinal()] = perMessage() * expectedMessages;
        expected[Basis.LEVEL.ordinal()] = of;
        for (int clock = 0; clock < clocks.length; clock++) {
            float there = clocks[clock][cell(clock, slot + 1)];
            expected[FIRST_CLOCK + clock] = Float.isNaN(there) ? of : there;
        }
        double center = expected();
        double root = Math.sqrt(center + OFFSET);
        next.slot(seen, center, Math.max(LEAST_SPREAD, spread) * root, center < SOME ? 0 : 1);
    }

    private void learn(long slot, double messages) {
        double off = Math.abs(seen - expected()) / Math.sqrt(expected() + OFFSET);
        spread += slots == 1 ? 0 : SPREAD_WEIGHT * (off - spread);
        for (int basis = 0; basis < FIRST_CLOCK + clocks.length; basis++) {
            double error = seen - expected[basis];
            errors[basis] += slots == 1 ? 0 : ERROR_WEIGHT * (error * error - errors[basis]);
            best = errors[basis] < errors[best] ? basis : best;
        }
        level.slot(seen);
        double weight = Math.max(RATIO_WEIGHT, 1.0 / slots);
        usual += weight * (seen - usual);
        usualMessages += weight * (messages - usualMessages);
        for (int clock = 0; clock < clocks.length; clock++) {
            float[] cells = clocks[clock];
            int at = cell(clock, slot);
            cells[at] += Float.isNaN(cells[at]) ? 0 : (float) (CELL_WEIGHT * (seen - cells[at]));
            cells[at] = Float.isNaN(cells[at]) ? (float) seen : cells[at];
        }
    }

    private static int cell(int clock, long slot) {
        return (int) Math.floorMod(slot, (long) PERIODS[clock]) / CELL[clock];
    }

    private double perMessage() {
        return usualMessages > 0 ? usual / usualMessages : 0;
    }

    /** Returns how many are expected in the coming slot. */
    double expected() {
        return expected[best];
    }

    /** Returns how many there were in the slot that ended last. */
    double seen() {
        return seen;
    }

    TaskOutlook outlook(double seconds) {
        return new TaskOutlook(task, usual, perMessage(), expected(), BASES[best], next.quantiles(), seconds);
    }
}
