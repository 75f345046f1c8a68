package io.foreshard.forecast.ets;

/** Loops over arrays side by side, each small enough for the compiler to turn into vector instructions. */
final class Lanes {

    private Lanes() {}

    /** a += b. */
    static void add(double[] a, double[] b) {
        for (int k = 0; k < a.length; k++) {
            a[k] += b[k];
        }
    }

    /** a *= b. */
    static void multiply(double[] a, double[] b) {
        for (int k = 0; k < a.length; k++) {
            a[k] *= b[k];
        }
    }

    /** a *= b where b is positive, else a becomes 0. */
    static void multiplyPositive(double[] a, double[] b) {
        for (int k = 0; k < a.length; k++) {
            a[k] *= Math.max(0, b[k]);
        }
    }

    /** a += b·c. */
    static void addProduct(double[] a, double[] b, double[] c) {
        for (int k = 0; k < a.length; k++) {
            a[k] += b[k] * c[k];
        }
    }

    /** a = b + c. */
    static void sum(double[] a, double[] b, double[] c) {
        for (int k = 0; k < a.length; k++) {
            a[k] = b[k] + c[k];
        }
    }

    /** a = value - b. */
    static void rest(double[] a, double value, double[] b) {
        for (int k = 0; k < a.length; k++) {
            a[k] = value - b[k];
        }
    }

    /** a = value / b - c. */
    static void restOfQuotient(double[] a, double value, double[] b, double[] c) {
        for (int k = 0; k < a.length; k++) {
            a[k] = value / b[k] - c[k];
        }
    }

    /** a += (b / c)². */
    static void addSquaredQuotient(double[] a, double[] b, double[] c) {
        for (int k = 0; k < a.length; k++) {
            double quotient = b[k] / c[k];
            a[k] += quotient * quotient;
        }
    }

    /** a *= factor. */
    static void multiply(double[] a, double factor) {
        for (int k = 0; k < a.length; k++) {
            a[k] *= factor;
        }
    }

    /** The lower triangle of matrix += Σ row·rowᵀ over four rows. */
    static void addSquares(double[][] matrix, double[] first, double[] second, double[] third, double[] fourth) {
        for (int i = 0; i < matrix.length; i++) {
            addRows(matrix[i], i + 1, first, second, third, fourth);
        }
    }

    private static void addRows(
            double[] target, int length, double[] first, double[] second, double[] third, double[] fourth) {
        double a = first[length - 1];
        double b = second[length - 1];
        double c = third[length - 1];
        double d = fourth[length - 1];
        for (int k = 0; k < length; k++) {
            target[k] += a * first[k] + b * second[k] + (c * third[k] + d * fourth[k]);
        }
    }
}
