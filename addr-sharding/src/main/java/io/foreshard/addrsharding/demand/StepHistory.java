package io.foreshard.addrsharding.demand;

import java.util.Arrays;

/** The newest samples of a series by their number, the oldest forgotten. What is missing reads as 0. Confined to one thread. */
final class StepHistory {

    private final double[] samples;
    private long count;

    StepHistory(int capacity) {
        samples = new double[capacity];
    }

    void add(double sample) {
        samples[(int) (count % samples.length)] = sample;
        count++;
    }

    /** Returns how many there were ever; the newest has the number one below. */
    long count() {
        return count;
    }

    double at(long number) {
        if (number < 0 || number >= count || number < count - samples.length) {
            return 0;
        }
        double sample = samples[(int) (number % samples.length)];
        return Double.isNaN(sample) ? 0 : sample;
    }

    double max(long first, long last) {
        double most = 0;
        for (long number = first; number <= last; number++) {
            most = Math.max(most, at(number));
        }
        return most;
    }

    double mean(long first, long last) {
        double sum = 0;
        for (long number = first; number <= last; number++) {
            sum += at(number);
        }
        return sum / (last - first + 1);
    }

    /** Returns the least value that this share of the newest samples stay within; 0 without samples. */
    double quantile(double level, int newest) {
        int size = (int) Math.min(Math.min(newest, samples.length), count);
        if (size == 0) {
            return 0;
        }
        double[] sorted = new double[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = at(count - 1 - i);
        }
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(level * size - 1e-9) - 1)];
    }
}
