package io.foreshard.forecast.autoregression;

/** Goes beyond the next step: paths of means, and what becomes of an error on the way. */
final class Recursion {

    /** Keeps squares finite; the growth is bounded far below. */
    private static final double MOST_RESPONSE = 1e50;

    private final int[] lags;
    private final LeastSquares regression;
    private final History history;

    Recursion(int[] lags, LeastSquares regression, History history) {
        this.lags = lags;
        this.regression = regression;
        this.history = history;
    }

    /** The change from the step before, on a path of which the steps before are known. */
    double changeAfter(double[] path, int step, double reference, double usualChange) {
        double change = usualChange * regression.coefficient(lags.length);
        for (int index = 0; index < lags.length; index++) {
            int back = lags[index] - step;
            if (back <= 0) {
                change += (path[-back] - reference) * regression.coefficient(index);
            } else if (history.has(back)) {
                change += (history.at(back) - reference) * regression.coefficient(index);
            }
        }
        return Double.isNaN(change) ? 0 : change;
    }

    /** Writes the growth of the error by the squares of the responses ψ, up to the greatest. */
    void writeGrowth(double[] factors, double greatest) {
        for (int step = 0; step < factors.length; step++) {
            factors[step] = step == 0 ? 1 : responseAfter(factors, step);
        }
        double sum = 0;
        for (int step = 0; step < factors.length; step++) {
            sum = Math.min(greatest * greatest, sum + factors[step] * factors[step]);
            factors[step] = Math.sqrt(sum);
        }
    }

    /** ψ of a step, from those before: what an error of 1 has become so many steps later. */
    private double responseAfter(double[] responses, int step) {
        double response = responses[step - 1];
        for (int index = 0; index < lags.length && lags[index] <= step; index++) {
            response += regression.coefficient(index) * responses[step - lags[index]];
        }
        return Math.max(-MOST_RESPONSE, Math.min(MOST_RESPONSE, response));
    }
}
