package io.foreshard.forecast.interval;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts hits over all time and over a sliding window, in a fixed memory. */
final class CoverageMonitor {

    private static final int WINDOW = Coverage.WINDOW_STEPS;

    private final long[] missed = new long[(WINDOW + 63) / 64];
    private long scored;
    private long hits;
    private int windowMisses;
    private int worstMisses;

    void score(boolean inside) {
        int slot = (int) (scored % WINDOW);
        long bit = 1L << (slot & 63);
        if ((missed[slot >> 6] & bit) != 0) {
            windowMisses--;
        }
        if (inside) {
            missed[slot >> 6] &= ~bit;
            hits++;
        } else {
            missed[slot >> 6] |= bit;
            windowMisses++;
        }
        scored++;
        if (scored >= WINDOW) {
            worstMisses = Math.max(worstMisses, windowMisses);
        }
    }

    Coverage coverage(double nominal) {
        double overall = scored == 0 ? Double.NaN : (double) hits / scored;
        return new Coverage(nominal, scored, overall, share(windowMisses), share(worstMisses));
    }

    private double share(int misses) {
        return scored < WINDOW ? Double.NaN : 1 - (double) misses / WINDOW;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(scored);
        out.writeLong(hits);
        out.writeInt(windowMisses);
        out.writeInt(worstMisses);
        for (long word : missed) {
            out.writeLong(word);
        }
    }

    void restore(DataInput in) throws IOException {
        scored = Saved.count(in, "scored");
        hits = Saved.count(in, "hits");
        windowMisses = Saved.between(in, "windowMisses", 0, WINDOW);
        worstMisses = Saved.between(in, "worstMisses", 0, WINDOW);
        for (int word = 0; word < missed.length; word++) {
            missed[word] = in.readLong();
        }
    }
}
