package io.foreshard.forecast.arima;

/** Solves small symmetric systems in place. */
final class LeastSquares {

    private LeastSquares() {}

    /**
     * Solves {@code A x = b} by Cholesky's method.
     *
     * @param matrix symmetric, destroyed
     * @param vector b, becomes x
     * @return whether the matrix was positive definite
     */
    static boolean solve(double[][] matrix, double[] vector) {
        int size = vector.length;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                if (i == j) {
                    if (!(sum > 0)) {
                        return false;
                    }
                    matrix[i][i] = Math.sqrt(sum);
                } else {
                    matrix[i][j] = sum / matrix[j][j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                vector[i] -= matrix[i][k] * vector[k];
            }
            vector[i] /= matrix[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                vector[i] -= matrix[k][i] * vector[k];
            }
            vector[i] /= matrix[i][i];
        }
        return true;
    }
}
