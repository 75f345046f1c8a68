package io.foreshard.forecast.arima;

import java.util.Arrays;

/**
 * A quasi-Newton climb on the exact likelihood, with the damping of Levenberg and Marquardt: gradients by differences, curvature
 * first from the expected information, as in Fisher scoring, then from the steps taken; in coordinates without bounds.
 */
final class LikelihoodMaximizer {

    private static final double DIFFERENCE = 1e-5;
    private static final double MAX_STEP = 1;
    private static final double MAX_DAMPING = 1e6;
    private static final double MIN_DAMPING = 1e-4;

    /** A step that shows less than this share of the curvature expected teaches nothing that can be trusted. */
    private static final double LEAST_CURVATURE = 1e-3;

    private final Likelihood likelihood;
    private final WorkBudget budget;
    private ArmaPoint point;
    private double value;
    private double damping;

    private LikelihoodMaximizer(Likelihood likelihood, WorkBudget budget, ArmaPoint start) {
        this.likelihood = likelihood;
        this.budget = budget;
        point = start;
        value = evaluate(start);
        damping = MIN_DAMPING;
    }

    /**
     * Goes uphill from the best of some starts.
     *
     * @param effort how far
     */
    static LikelihoodMaximizer maximize(Likelihood likelihood, WorkBudget budget, Effort effort, ArmaPoint... starts) {
        LikelihoodMaximizer best = new LikelihoodMaximizer(likelihood, budget, starts[0]);
        for (int i = 1; i < starts.length; i++) {
            LikelihoodMaximizer other = new LikelihoodMaximizer(likelihood, budget, starts[i]);
            best = other.value < best.value ? other : best;
        }
        if (best.point.size() > 0) {
            best.climb(effort);
        }
        best.value = likelihood.evaluate(best.point.ar(), best.point.ma());
        return best;
    }

    ArmaPoint point() {
        return point;
    }

    /** The negative logarithm of the likelihood; the likelihood's own results are those of this point. */
    double value() {
        return value;
    }

    private double evaluate(ArmaPoint at) {
        budget.use(likelihood.cost());
        return likelihood.evaluate(at.ar(), at.ma());
    }

    private void climb(Effort effort) {
        double[] gradient = gradient();
        double[][] curvature = curvature();
        for (int i = 0; i < effort.iterations() && !budget.isUsedUp(); i++) {
            ArmaPoint before = point;
            if (!improve(gradient, curvature, effort) || budget.isUsedUp()) {
                return;
            }
            double[] next = gradient();
            learn(curvature, point.minus(before), next, gradient);
            gradient = next;
        }
    }

    /** Corrects the curvature by what the last step showed (Broyden, Fletcher, Goldfarb and Shanno). */
    private static void learn(double[][] curvature, double[] step, double[] gradient, double[] before) {
        int size = step.length;
        double[] image = new double[size];
        double[] change = new double[size];
        double expected = 0;
        double seen = 0;
        for (int i = 0; i < size; i++) {
            change[i] = gradient[i] - before[i];
            for (int j = 0; j < size; j++) {
                image[i] += curvature[i][j] * step[j];
            }
            expected += step[i] * image[i];
            seen += step[i] * change[i];
        }
        if (!(seen > LEAST_CURVATURE * expected) || !(expected > 0)) {
            return;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                curvature[i][j] += change[i] * change[j] / seen - image[i] * image[j] / expected;
            }
        }
    }

    private double[] gradient() {
        double[] gradient = new double[point.size()];
        double[] step = new double[point.size()];
        for (int i = 0; i < gradient.length; i++) {
            step[i] = DIFFERENCE;
            gradient[i] = (evaluate(point.moved(step)) - value) / DIFFERENCE;
            step[i] = 0;
        }
        return gradient;
    }

    private double[][] curvature() {
        int size = point.size();
        double[][] slopes = point.slopes();
        double[][] information = FisherInformation.of(point.ar(), point.ma(), likelihood.count());
        double[][] half = new double[size][size];
        double[][] result = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int m = 0; m < size; m++) {
                for (int k = 0; k < size; k++) {
                    half[i][m] += information[i][k] * slopes[k][m];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int m = 0; m < size; m++) {
                for (int k = 0; k < size; k++) {
                    result[i][m] += likelihood.count() * slopes[k][i] * half[k][m];
                }
            }
        }
        return result;
    }

    /** Takes one step that improves; returns false when none is worth it. */
    private boolean improve(double[] gradient, double[][] curvature, Effort effort) {
        while (damping <= MAX_DAMPING && !budget.isUsedUp()) {
            double[] step = step(gradient, curvature);
            double expected = 0;
            for (int i = 0; i < step.length; i++) {
                expected -= 0.5 * gradient[i] * step[i];
            }
            if (!(expected > effort.tolerance())) {
                return false;
            }
            ArmaPoint next = point.moved(step);
            double nextValue = evaluate(next);
            if (nextValue < value) {
                damping = Math.max(MIN_DAMPING, damping / 10);
                point = next;
                value = nextValue;
                return true;
            }
            damping *= 10;
        }
        return false;
    }

    private double[] step(double[] gradient, double[][] curvature) {
        double[][] damped = new double[gradient.length][];
        double[] step = new double[gradient.length];
        for (int i = 0; i < step.length; i++) {
            damped[i] = curvature[i].clone();
            damped[i][i] += damping * (curvature[i][i] + 1);
            step[i] = -gradient[i];
        }
        if (!LeastSquares.solve(damped, step)) {
            Arrays.fill(step, 0);
        }
        double longest = MAX_STEP;
        for (double coordinate : step) {
            longest = Math.max(longest, Math.abs(coordinate));
        }
        for (int i = 0; i < step.length; i++) {
            step[i] *= MAX_STEP / longest;
        }
        return step;
    }
}
