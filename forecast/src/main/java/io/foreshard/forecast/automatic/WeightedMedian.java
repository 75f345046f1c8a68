package io.foreshard.forecast.automatic;

/** The weighted median of a few values: what a member with an absurd forecast cannot move far. */
final class WeightedMedian {

    private final double[] values;
    private final double[] weights;
    private int size;

    WeightedMedian(int capacity) {
        values = new double[capacity];
        weights = new double[capacity];
    }

    void clear() {
        size = 0;
    }

    /** Adds a value, keeping the values in ascending order. */
    void add(double value, double weight) {
        int place = size++;
        while (place > 0 && values[place - 1] > value) {
            values[place] = values[place - 1];
            weights[place] = weights[place - 1];
            place--;
        }
        values[place] = value;
        weights[place] = weight;
    }

    /** The value at half of the weight, interpolated between the middles of the neighbours' weights. */
    double get() {
        double total = 0;
        for (int place = 0; place < size; place++) {
            total += weights[place];
        }
        double half = total / 2;
        double before = 0;
        for (int place = 0; place < size; place++) {
            double middle = before + weights[place] / 2;
            if (middle >= half) {
                return place == 0 ? values[0] : between(place, half, before - weights[place - 1] / 2, middle);
            }
            before += weights[place];
        }
        return values[size - 1];
    }

    private double between(int place, double half, double lower, double upper) {
        double share = upper > lower ? (half - lower) / (upper - lower) : 1;
        return values[place - 1] * (1 - share) + values[place] * share;
    }
}
