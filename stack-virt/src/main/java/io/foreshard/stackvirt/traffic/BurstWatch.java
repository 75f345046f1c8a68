package io.foreshard.stackvirt.traffic;

import java.util.Arrays;

/**
 * When bursts begin, and how likely one does soon. A <b>burst</b> begins in a slot with at least {@link #FACTOR} times as many messages as usual, and more than chance brings even
 * where they come one by one ({@link #threshold}), after {@link #REACH} slots of which none was so. Usual is the average of ten minutes, bursts included. The
 * probability is how often one began within {@link #REACH} slots, as long after the one before as now.
 */
final class BurstWatch {

    /** How many slots ahead a burst is foretold. */
    static final int REACH = 10;

    /** How many times what is usual a burst is at least. */
    static final double FACTOR = 3;

    private static final double SIGMAS = 4;
    private static final double LEAST = 3;
    private static final double USUAL_SLOTS = 600;
    /** Before so many slots nothing is usual. */
    private static final int FIRST_SLOTS = 60;

    private static final Octaves AGES = new Octaves(3, 80);
    private static final float MEMORY = 500;
    private static final double LIMIT = 2000;

    private final Context ages = new Context(AGES.bins(), MEMORY);
    private final byte[] pending = new byte[REACH];
    private final float[] pendingSaid = new float[REACH];
    private double usual;
    private long slots;
    private long beganAt = -1;
    private long burstAt = Long.MIN_VALUE;
    private long bursts;
    private double said;
    private double came;
    private double trials;

    /** Returns how many messages in a slot are a burst, by how many there usually are. */
    static double threshold(double usual) {
        return Math.max(FACTOR * usual, usual + SIGMAS * Math.sqrt(usual) + LEAST);
    }

    /** Takes the messages of a slot; returns whether it is one of a burst. */
    boolean slot(double count) {
        boolean isBurst = slots >= FIRST_SLOTS && count >= threshold(usual);
        if (isBurst) {
            if (burstAt == Long.MIN_VALUE || slots - burstAt > REACH) {
                beganAt = slots;
                bursts++;
            }
            burstAt = slots;
        }
        usual += (count - usual) / Math.min(USUAL_SLOTS, slots + 1.0);
        settle();
        slots++;
        return isBurst;
    }

    /** Passes over empty slots that are not looked at one by one. */
    void pass(long empty) {
        usual *= Math.exp(-empty / USUAL_SLOTS);
        slots += empty;
        Arrays.fill(pending, (byte) -1);
    }

    private void settle() {
        int at = (int) (slots % REACH);
        if (slots >= FIRST_SLOTS + REACH && pending[at] >= 0) {
            boolean began = beganAt > slots - REACH;
            ages.record(pending[at], began);
            double fade = trials >= LIMIT ? LIMIT / (LIMIT + 1) : 1;
            trials = (trials + 1) * fade;
            said = (said + pendingSaid[at]) * fade;
            came = (came + (began ? 1 : 0)) * fade;
        }
        pending[at] = (byte) situation(slots);
        pendingSaid[at] = (float) probability(slots);
    }

    private int situation(long slot) {
        return beganAt < 0 ? AGES.bins() - 1 : AGES.bin(slot - beganAt);
    }

    private double probability(long slot) {
        double general = (came + 0.01) / (trials + 1);
        return ages.probability(situation(slot), general);
    }

    /** Returns the probability that a burst begins within the reach after the newest slot; NaN before anything is usual. */
    double probability() {
        return slots < FIRST_SLOTS ? Double.NaN : probability(slots - 1);
    }

    /** Returns the mean probability of late. */
    double said() {
        return trials == 0 ? Double.NaN : said / trials;
    }

    /** Returns the share of the same cases in which a burst began. */
    double came() {
        return trials == 0 ? Double.NaN : came / trials;
    }

    long bursts() {
        return bursts;
    }
}
