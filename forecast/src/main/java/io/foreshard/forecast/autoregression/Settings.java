package io.foreshard.forecast.autoregression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.StringJoiner;

/** What the user chose, checked. Immutable; the arrays are shared by all copies of a model and never written. */
final class Settings {

    static final int MAX_LAG = 1 << 16;
    static final int MAX_LAGS = 256;

    private final int[] lags;
    private final int memorySteps;
    private final double shrinkage;
    private final double outlierLimit;
    private final double[] prior;

    Settings(int[] lags, int memorySteps, double shrinkage, double outlierLimit) {
        this.lags = lags;
        this.memorySteps = memorySteps;
        this.shrinkage = shrinkage;
        this.outlierLimit = outlierLimit;
        prior = new double[lags.length + 1];
        Arrays.fill(prior, 1 / shrinkage);
    }

    /** Returns the lags in ascending order. */
    static int[] checkedLags(int... values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 || sorted.length > MAX_LAGS) {
            throw new IllegalArgumentException("lags: " + sorted.length + " of them (expected: 1 to " + MAX_LAGS + ")");
        }
        int last = 0;
        for (int lag : sorted) {
            if (lag <= last || lag > MAX_LAG) {
                throw new IllegalArgumentException(
                        "lags: " + lag + " (expected: different ones from 1 to " + MAX_LAG + ")");
            }
            last = lag;
        }
        return sorted;
    }

    static int checkedMemory(int steps) {
        if (steps < 10) {
            throw new IllegalArgumentException("memorySteps: " + steps + " (expected: >= 10)");
        }
        return steps;
    }

    static double checkedShrinkage(double weight) {
        if (!(weight > 0 && weight <= 1e6)) {
            throw new IllegalArgumentException("shrinkage: " + weight + " (expected: in (0, 1e6])");
        }
        return weight;
    }

    static double checkedLimit(double factor) {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("outlierLimit: " + factor + " (expected: >= 1)");
        }
        return factor;
    }

    int[] lags() {
        return lags;
    }

    int lagCount() {
        return lags.length;
    }

    int maxLag() {
        return lags[lags.length - 1];
    }

    int indexOf(int lag) {
        int index = Arrays.binarySearch(lags, lag);
        if (index < 0) {
            throw new IllegalArgumentException("lag: " + lag + " (expected: one of " + lagText() + ")");
        }
        return index;
    }

    int memorySteps() {
        return memorySteps;
    }

    double forgetting() {
        return 1 - 1.0 / memorySteps;
    }

    double outlierLimit() {
        return outlierLimit;
    }

    double[] prior() {
        return prior;
    }

    String description() {
        return "AR(" + lagText() + ") memory=" + memorySteps + " shrinkage=" + shrinkage;
    }

    /** Runs of neighbours are joined: {@code 1..12,288}. */
    private String lagText() {
        StringJoiner text = new StringJoiner(",");
        for (int first = 0; first < lags.length; ) {
            int last = first;
            while (last + 1 < lags.length && lags[last + 1] == lags[last] + 1) {
                last++;
            }
            text.add(last == first ? "" + lags[first] : lags[first] + ".." + lags[last]);
            first = last + 1;
        }
        return text.toString();
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(lags.length);
        for (int lag : lags) {
            out.writeInt(lag);
        }
        out.writeInt(memorySteps);
        out.writeDouble(shrinkage);
        out.writeDouble(outlierLimit);
    }

    static Settings load(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MAX_LAGS) {
            throw new IOException("lags: " + count + " (expected: 1 to " + MAX_LAGS + ")");
        }
        int[] lags = new int[count];
        for (int index = 0; index < count; index++) {
            lags[index] = in.readInt();
        }
        try {
            return new Settings(
                    checkedLags(lags),
                    checkedMemory(in.readInt()),
                    checkedShrinkage(in.readDouble()),
                    checkedLimit(in.readDouble()));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
