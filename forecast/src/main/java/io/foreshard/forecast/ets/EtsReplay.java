package io.foreshard.forecast.ets;

/** One pass of a model over the data, which gives its final state, residuals and likelihood. */
record EtsReplay(EtsModel last, Errors errors) {

    /** What the pass leaves per sample and in sum. */
    static final class Errors {
        private final double[] residuals;
        private final double logLikelihood;
        private final double meanSquare;

        private Errors(double[] residuals, double logLikelihood, double meanSquare) {
            this.residuals = residuals;
            this.logLikelihood = logLikelihood;
            this.meanSquare = meanSquare;
        }
    }

    private static final double MIN_SQUARE = 1e-32;

    static EtsReplay of(EtsModel initial, EtsSample sample) {
        EtsModel model = initial.copy();
        double[] residuals = new double[sample.original.length];
        boolean relative = model.form().needsPositiveData();
        double sum = sample.count * MIN_SQUARE;
        double logs = 0;
        for (int t = 0; t < residuals.length; t++) {
            double value = sample.original[t];
            residuals[t] = value - model.next();
            if (!Double.isNaN(value)) {
                double mean = model.mean();
                double error = (value - mean) / (relative ? mean : sample.scale);
                sum += error * error;
                logs += Math.log(relative ? Math.abs(mean) : sample.scale);
                model.update(value);
            } else {
                model.skip();
            }
        }
        double logLikelihood = -sample.count / 2.0 * Math.log(sum) - logs;
        return new EtsReplay(model, new Errors(residuals, logLikelihood, sum / sample.count));
    }

    double[] residuals() {
        return errors.residuals;
    }

    double logLikelihood() {
        return errors.logLikelihood;
    }

    double meanSquare() {
        return errors.meanSquare;
    }
}
