package io.foreshard.forecast.ets;

/**
 * The way down of one form: quasi-Newton steps (BFGS) that start from the curvature of Gauss and Newton. One step at a time.
 */
final class EtsDescent {

    private static final double RIDGE = 1e-9;
    private static final double GAIN_RIDGE = 1;
    private static final double MAX_ANGLE = 0.6;
    private static final double SUFFICIENT = 1e-4;
    private static final int MAX_HALVINGS = 12;

    /** What the curvature costs, in runs over the data. */
    private static final int CURVATURE_RUNS = 16;

    private final EtsLikelihood likelihood;
    private double[] x;
    private double value;
    private double[] gradient;
    private final double[] direction;
    private double[] trial;
    private double[] trialGradient;
    private final double[][] inverse;
    /** Whether the inverse is that of the curvature here, not one learnt on the way. */
    private boolean fresh;

    private boolean done;
    private double promise;
    private int evaluations = 1;

    EtsDescent(EtsLikelihood likelihood, double[] start) {
        this.likelihood = likelihood;
        x = start.clone();
        int size = x.length;
        gradient = new double[size];
        direction = new double[size];
        trial = new double[size];
        trialGradient = new double[size];
        inverse = new double[size][size];
        value = likelihood.value(x);
        done = value == Double.POSITIVE_INFINITY;
        if (!done) {
            renew();
            likelihood.gradient(x, gradient);
            evaluations++;
            promise = direct();
        }
    }

    /** Minus twice the log-likelihood here. */
    double value() {
        return value;
    }

    /** A copy of the coordinates here. */
    double[] coordinates() {
        return x.clone();
    }

    /** The work so far, in runs over the data. */
    int evaluations() {
        return evaluations;
    }

    /** The fall that the next step promises. */
    double promise() {
        return done ? 0 : promise;
    }

    /** Takes one step down; false where there is none. */
    boolean step() {
        if (!done && !descend()) {
            done = !restart();
        }
        return !done;
    }

    /** Sets the direction; returns half of the fall that it promises. */
    private double direct() {
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum -= inverse[i][k] * gradient[k];
            }
            direction[i] = sum;
            slope += sum * gradient[i];
        }
        return -slope / 2;
    }

    private boolean restart() {
        if (fresh) {
            return false;
        }
        likelihood.value(x);
        renew();
        promise = direct();
        return true;
    }

    private void renew() {
        int size = x.length;
        double[][] curvature = new double[size][size];
        likelihood.curvature(x, curvature);
        for (int i = 0; i < size; i++) {
            double ridge = RIDGE * curvature[i][i] + Double.MIN_NORMAL;
            curvature[i][i] += i < likelihood.coordinates.gains() ? GAIN_RIDGE : ridge;
        }
        SymmetricInverse.write(curvature, inverse);
        fresh = true;
        evaluations += CURVATURE_RUNS;
    }

    /** One step along the direction with backtracking; false where none goes down. */
    private boolean descend() {
        double length = Math.min(1, MAX_ANGLE / largestAngle());
        for (int halving = 0; halving < MAX_HALVINGS; halving++) {
            for (int i = 0; i < x.length; i++) {
                trial[i] = x[i] + length * direction[i];
            }
            double next = likelihood.value(trial);
            evaluations++;
            if (next <= value - SUFFICIENT * length * 2 * promise) {
                accept(next);
                return true;
            }
            length *= shorter(next - value, length * 2 * promise);
        }
        return false;
    }

    /** The minimum of the parabola through the values at 0 and at the trial, in parts of the trial's length. */
    private static double shorter(double rise, double promised) {
        double share = promised / (2 * (rise + promised));
        return share > 0.1 ? Math.min(share, 0.5) : 0.1;
    }

    private double largestAngle() {
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < likelihood.coordinates.gains(); i++) {
            largest = Math.max(largest, Math.abs(direction[i]));
        }
        return largest;
    }

    private void accept(double next) {
        likelihood.gradient(trial, trialGradient);
        evaluations++;
        learn();
        double[] old = x;
        x = trial;
        trial = old;
        double[] oldGradient = gradient;
        gradient = trialGradient;
        trialGradient = oldGradient;
        value = next;
        fresh = false;
        promise = direct();
    }

    /** The update of Broyden, Fletcher, Goldfarb and Shanno of the inverse, left out where the curvature is not positive. */
    private void learn() {
        int size = x.length;
        double[] product = new double[size];
        double curvature = 0;
        double form = 0;
        for (int i = 0; i < size; i++) {
            direction[i] = trial[i] - x[i];
            curvature += direction[i] * (trialGradient[i] - gradient[i]);
        }
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += inverse[i][k] * (trialGradient[k] - gradient[k]);
            }
            product[i] = sum;
            form += sum * (trialGradient[i] - gradient[i]);
        }
        if (curvature > 1e-10 * form && curvature > 0) {
            update(product, curvature, (1 + form / curvature) / curvature);
        }
    }

    private void update(double[] product, double curvature, double scale) {
        for (int i = 0; i < x.length; i++) {
            double[] line = inverse[i];
            double ahead = scale * direction[i] - product[i] / curvature;
            double side = direction[i] / curvature;
            for (int k = 0; k < line.length; k++) {
                line[k] += ahead * direction[k] - side * product[k];
            }
        }
    }
}
