package io.foreshard.jmh.lossy;

import java.util.Arrays;

/** How long messages took from their intended start until the receiver had them whole, over several seeds. */
final class Completions {

    private long[] nanos = new long[0];
    private long redundantBytes;
    private long messageBytes;

    /** Takes the messages of one run; the warm-up's are left out. */
    void add(Arrivals arrivals, long[] completedAtNanos) {
        int from = nanos.length;
        nanos = Arrays.copyOf(nanos, from + arrivals.count() - arrivals.warmUp());
        for (int i = arrivals.warmUp(); i < arrivals.count(); i++) {
            nanos[from++] = completedAtNanos[i] - arrivals.atNanos(i);
        }
    }

    /** Takes what arrived although it was there already, in a whole run. */
    void addRedundant(long bytes, long ofMessageBytes) {
        redundantBytes += bytes;
        messageBytes += ofMessageBytes;
    }

    int count() {
        return nanos.length;
    }

    double millisAt(double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    double redundantPercent() {
        return 100.0 * redundantBytes / Math.max(1, messageBytes);
    }
}
