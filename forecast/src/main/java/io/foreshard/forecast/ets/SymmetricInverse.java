package io.foreshard.forecast.ets;

/** The inverse of a symmetric positive definite matrix by Cholesky's factors. */
final class SymmetricInverse {

    private static final double MIN_PIVOT_SHARE = 1e-12;

    /** Stands in for a pivot that vanishes, so that its direction does not move. */
    private static final double BARRED = 1e150;

    private SymmetricInverse() {}

    /** Writes the inverse; the matrix is overwritten. A direction whose pivot vanishes is left out. */
    static void write(double[][] matrix, double[][] inverse) {
        int size = matrix.length;
        factor(matrix);
        for (int column = 0; column < size; column++) {
            double[] line = inverse[column];
            for (int i = 0; i < size; i++) {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++) {
                    sum -= matrix[i][k] * line[k];
                }
                line[i] = i < column ? 0 : sum / matrix[i][i];
            }
            for (int i = size - 1; i >= 0; i--) {
                double sum = line[i];
                for (int k = i + 1; k < size; k++) {
                    sum -= matrix[k][i] * line[k];
                }
                line[i] = sum / matrix[i][i];
            }
        }
    }

    private static void factor(double[][] matrix) {
        for (int j = 0; j < matrix.length; j++) {
            double floor = Math.max(matrix[j][j] * MIN_PIVOT_SHARE, Double.MIN_NORMAL);
            for (int i = j; i < matrix.length; i++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? pivot(sum, floor) : sum / matrix[j][j];
            }
        }
    }

    private static double pivot(double square, double floor) {
        return square > floor ? Math.sqrt(square) : BARRED;
    }
}
