package io.foreshard.forecast.theta;

/** Least squares in two unknowns, the first within bounds and the second within 0…1. */
final class NormalEquations {

    private static final double SINGULAR = 1e-12;
    private static final double UNDETERMINED = 0.5;

    private double xx;
    private double xz;
    private double zz;
    private double xr;
    private double zr;
    private double first;
    private double second;

    /** Sets the sums of products of both regressors with themselves and with what they explain. */
    void set(double firstFirst, double firstSecond, double secondSecond, double firstRest, double secondRest) {
        xx = firstFirst;
        xz = firstSecond;
        zz = secondSecond;
        xr = firstRest;
        zr = secondRest;
    }

    double first() {
        return first;
    }

    double second() {
        return second;
    }

    /** By how much the sum of squares changes with these values. */
    double change(double a, double b) {
        return a * (a * xx - 2 * xr) + b * (b * zz - 2 * zr) + 2 * a * b * xz;
    }

    /** Finds the best values; where the data leave the second open it is a half. */
    void solve(double low, double high) {
        double determinant = xx * zz - xz * xz;
        if (!(determinant > SINGULAR * xx * zz)) {
            second = UNDETERMINED;
            first = firstFor(second, low, high);
            return;
        }
        first = (zz * xr - xz * zr) / determinant;
        second = (xx * zr - xz * xr) / determinant;
        if (!(first >= low && first <= high && second >= 0 && second <= 1)) {
            solveOnEdges(low, high);
        }
    }

    /** The sum of squares is convex: when its least value lies outside, the best value inside lies on an edge. */
    private void solveOnEdges(double low, double high) {
        first = firstFor(0, low, high);
        second = 0;
        tryOut(firstFor(1, low, high), 1);
        tryOut(low, secondFor(low));
        tryOut(high, secondFor(high));
    }

    private void tryOut(double a, double b) {
        if (change(a, b) < change(first, second)) {
            first = a;
            second = b;
        }
    }

    /** The best first value for a given second one. */
    double firstFor(double b, double low, double high) {
        double best = xx > 0 ? (xr - b * xz) / xx : 0;
        return Math.max(low, Math.min(high, best));
    }

    private double secondFor(double a) {
        double best = zz > 0 ? (zr - a * xz) / zz : 0;
        return Math.max(0, Math.min(1, best));
    }
}
