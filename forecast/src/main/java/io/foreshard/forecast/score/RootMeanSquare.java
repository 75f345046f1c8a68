package io.foreshard.forecast.score;

/** Root of the mean of squares that do not overflow, as they are kept relative to the greatest value. */
final class RootMeanSquare {

    private double greatest;
    private double squares;
    private int count;

    void add(double magnitude) {
        count++;
        if (magnitude > greatest) {
            double shrink = greatest / magnitude;
            squares = squares * shrink * shrink + 1;
            greatest = magnitude;
        } else if (greatest > 0) {
            double share = greatest == Double.POSITIVE_INFINITY ? 0 : magnitude / greatest;
            squares += share * share;
        }
    }

    double value() {
        return count == 0 ? Double.NaN : greatest == 0 ? 0 : greatest * Math.sqrt(squares / count);
    }
}
