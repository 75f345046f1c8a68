package io.foreshard.forecast.autoregression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    private static final int SIZE = 4;
    private static final double PRIOR = 0.5;

    @Test
    void equalsTheBatchSolutionWithARidge() {
        Property.named("recursive equals batch least squares")
                .runs(40)
                .maxSize(300)
                .check((random, size) -> {
                    double[][] inputs = new double[size][];
                    double[] outputs = new double[size];
                    double[] variances = new double[size];
                    LeastSquares regression = new LeastSquares(1, prior(PRIOR));
                    for (int sample = 0; sample < size; sample++) {
                        inputs[sample] = inputs(random);
                        outputs[sample] = 2 * inputs[sample][0] - inputs[sample][1] + random.nextGaussian();
                        variances[sample] = 0.5 + random.nextDouble();
                        regression.correct(
                                inputs[sample],
                                errorOf(regression, inputs[sample], outputs[sample]),
                                variances[sample]);
                    }
                    assertCoefficients(batch(inputs, outputs, variances, 1, 1 / PRIOR), regression, 1e-9);
                });
    }

    @Test
    void forgetsWithTheFactorOfTheMemory() {
        double forgetting = 0.99;
        SeededRandom random = new SeededRandom(4);
        int size = 4000;
        double[][] inputs = new double[size][];
        double[] outputs = new double[size];
        double[] variances = new double[size];
        Arrays.fill(variances, 1);
        LeastSquares regression = new LeastSquares(forgetting, prior(1000));
        for (int sample = 0; sample < size; sample++) {
            inputs[sample] = inputs(random);
            outputs[sample] = (sample < 2000 ? 5 : -5) * inputs[sample][2] + random.nextGaussian();
            regression.correct(inputs[sample], errorOf(regression, inputs[sample], outputs[sample]), 1);
        }
        assertCoefficients(batch(inputs, outputs, variances, forgetting, 0), regression, 1e-9);
    }

    @Test
    void doesNotWindUpOnAMillionEqualInputs() {
        LeastSquares regression = new LeastSquares(0.999, prior(PRIOR));
        double[] equal = {1, 1, 1, 0.2};
        for (int sample = 0; sample < 1_000_000; sample++) {
            regression.correct(equal, errorOf(regression, equal, 3), 1);
            assertTrue(
                    sample % 10_000 != 0 || (regression.trace() > 0 && regression.trace() <= 2 * SIZE * PRIOR),
                    () -> "trace " + regression.trace());
        }
        assertEquals(0, errorOf(regression, equal, 3), 1e-3);
        for (int row = 0; row < SIZE; row++) {
            assertTrue(Math.abs(regression.coefficient(row)) < 2, "coefficient " + regression.coefficient(row));
        }
    }

    @Test
    void staysPositiveDefiniteWhenInputsAreAllButCollinear() {
        SeededRandom random = new SeededRandom(9);
        LeastSquares regression = new LeastSquares(0.99, prior(PRIOR));
        for (int sample = 0; sample < 200_000; sample++) {
            double common = 1e5 * random.nextGaussian();
            double[] inputs = {common, common + 1e-7 * random.nextGaussian(), common, 1};
            regression.learn(inputs, errorOf(regression, inputs, common), 1);
            assertTrue(regression.trace() > 0, () -> "trace " + regression.trace());
        }
        double sum = regression.coefficient(0) + regression.coefficient(1) + regression.coefficient(2);
        assertEquals(1, sum, 1e-4);
    }

    @Test
    void learnsNothingWithoutExcitationOrFromAnAbsurdOutlier() {
        LeastSquares regression = new LeastSquares(0.99, prior(PRIOR));
        regression.learn(new double[SIZE], 5, 1);
        regression.learn(new double[] {1, 1, 1, 1}, 1e9, 1e-9);
        regression.learn(new double[] {1e80, 1, 1, 1}, Double.POSITIVE_INFINITY, 1);
        for (int row = 0; row < SIZE; row++) {
            assertEquals(0, regression.coefficient(row));
        }
    }

    private static double[] prior(double variance) {
        double[] prior = new double[SIZE];
        Arrays.fill(prior, variance);
        return prior;
    }

    private static double[] inputs(SeededRandom random) {
        double common = random.nextGaussian();
        double[] inputs = new double[SIZE];
        for (int row = 0; row < SIZE; row++) {
            inputs[row] = common + random.nextGaussian();
        }
        return inputs;
    }

    private static double errorOf(LeastSquares regression, double[] inputs, double output) {
        double error = output;
        for (int row = 0; row < SIZE; row++) {
            error -= inputs[row] * regression.coefficient(row);
        }
        return error;
    }

    private static double[] batch(
            double[][] inputs, double[] outputs, double[] variances, double forgetting, double ridge) {
        double[][] normal = new double[SIZE][SIZE];
        double[] right = new double[SIZE];
        double weight = 1;
        for (int sample = inputs.length - 1; sample >= 0; sample--) {
            for (int row = 0; row < SIZE; row++) {
                for (int column = 0; column < SIZE; column++) {
                    normal[row][column] += weight * inputs[sample][row] * inputs[sample][column] / variances[sample];
                }
                right[row] += weight * inputs[sample][row] * outputs[sample] / variances[sample];
            }
            weight *= forgetting;
        }
        for (int row = 0; row < SIZE; row++) {
            normal[row][row] += ridge;
        }
        return new LUDecomposition(new Array2DRowRealMatrix(normal))
                .getSolver()
                .solve(new ArrayRealVector(right))
                .toArray();
    }

    private static void assertCoefficients(double[] expected, LeastSquares regression, double tolerance) {
        for (int row = 0; row < SIZE; row++) {
            assertEquals(expected[row], regression.coefficient(row), tolerance * Math.max(1, Math.abs(expected[row])));
        }
    }
}
