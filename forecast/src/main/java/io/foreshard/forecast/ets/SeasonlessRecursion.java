package io.foreshard.forecast.ets;

/** Level and trend only. */
final class SeasonlessRecursion extends EtsRecursion {

    SeasonlessRecursion(double[] data) {
        super(data, 1);
    }

    @Override
    boolean hasSeason() {
        return false;
    }

    @Override
    void forwards() {
        double ahead;
        double current = level;
        double slope = trend;
        for (int t = 0; t < steps; t++) {
            slopes[t] = slope;
            ahead = current + phi * slope;
            means[t] = ahead;
            double error = data[t] - ahead;
            error = Double.isNaN(error) ? 0 : error;
            current = ahead + alpha * error;
            slope = phi * slope + beta * error;
        }
    }

    @Override
    void backwards(double[] costs) {
        clearBack();
        double levels = 0;
        double trends = 0;
        for (int t = steps - 1; t >= 0; t--) {
            double error = data[t] - means[t];
            double back = 0;
            if (!Double.isNaN(error)) {
                alphaBack += levels * error;
                betaBack += trends * error;
                back = costs[t] - (alpha * levels + beta * trends);
            }
            double ahead = levels + back;
            phiBack += slopes[t] * (trends + ahead);
            trends = phi * (trends + ahead);
            levels = ahead;
        }
        levelBack = levels;
        trendBack = trends;
    }

    @Override
    void sensitivities(double[][] rows) {
        double[] currents = new double[FIRST_SEASON];
        double[] trends = new double[FIRST_SEASON];
        currents[LEVEL] = 1;
        trends[TREND] = 1;
        for (int t = 0; t < steps; t++) {
            double error = data[t] - means[t];
            boolean present = !Double.isNaN(error);
            double[] row = rows[t];
            for (int k = 0; k < FIRST_SEASON; k++) {
                double ahead = currents[k] + phi * trends[k] + (k == PHI ? slopes[t] : 0);
                row[k] = ahead;
                double slope = phi * trends[k] + (k == PHI ? slopes[t] : 0);
                currents[k] = present ? ahead - alpha * ahead + (k == ALPHA ? error : 0) : ahead;
                trends[k] = present ? slope - beta * ahead + (k == BETA ? error : 0) : slope;
            }
        }
    }
}
