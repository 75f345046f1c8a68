package io.foreshard.stackvirt.scaling;

import java.util.Arrays;

/** The highest of the values of a window of time, in as many parts as keep it small. Time that runs backwards counts as now. */
final class PeakWindow {

    /** What is not known. */
    static final double NONE = -1;

    private static final int PARTS = 32;
    private static final int MOST_PARTS = 24;

    private final long partMillis;
    private final double[] peaks = new double[PARTS];
    private long part = Long.MIN_VALUE;
    private long sinceMillis = Long.MIN_VALUE;

    PeakWindow(long windowMillis) {
        partMillis = Math.max(1, windowMillis / PARTS);
        Arrays.fill(peaks, NONE);
    }

    void add(long nowMillis, double value) {
        advance(nowMillis);
        if (sinceMillis == Long.MIN_VALUE) {
            sinceMillis = nowMillis;
        }
        int slot = slot(part);
        peaks[slot] = Math.max(peaks[slot], value);
    }

    private void advance(long nowMillis) {
        long now = Math.floorDiv(nowMillis, partMillis);
        if (part == Long.MIN_VALUE || now - part >= PARTS) {
            restart();
            part = now;
        }
        while (part < now) {
            part++;
            peaks[slot(part)] = NONE;
        }
    }

    private static int slot(long part) {
        return (int) Math.floorMod(part, (long) PARTS);
    }

    /** Forgets all. */
    void restart() {
        Arrays.fill(peaks, NONE);
        sinceMillis = Long.MIN_VALUE;
    }

    /** Returns the highest, or {@link #NONE}. */
    double highest() {
        double most = NONE;
        for (double peak : peaks) {
            most = Math.max(most, peak);
        }
        return most;
    }

    /** Returns whether there were values in nearly all parts of the whole window. */
    boolean isFull(long nowMillis) {
        advance(nowMillis);
        if (sinceMillis == Long.MIN_VALUE || nowMillis - sinceMillis < partMillis * PARTS) {
            return false;
        }
        int known = 0;
        for (double peak : peaks) {
            known += peak == NONE ? 0 : 1;
        }
        return known >= MOST_PARTS;
    }
}
