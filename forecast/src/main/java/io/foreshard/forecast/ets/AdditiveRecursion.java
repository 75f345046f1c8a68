package io.foreshard.forecast.ets;

/** Level, trend and a season that is added. */
final class AdditiveRecursion extends EtsRecursion {

    AdditiveRecursion(double[] data, int period) {
        super(data, period);
    }

    @Override
    boolean hasSeason() {
        return true;
    }

    @Override
    void forwards() {
        double current = level;
        double slope = trend;
        for (int t = 0; t < steps; t++) {
            slopes[t] = slope;
            double ahead = current + phi * slope;
            double seasonal = season[t];
            double error = (data[t] - seasonal) - ahead;
            means[t] = ahead + seasonal;
            error = Double.isNaN(error) ? 0 : error;
            current = ahead + alpha * error;
            slope = phi * slope + beta * error;
            season[t + period] = seasonal + gamma * error;
        }
    }

    @Override
    void backwards(double[] costs) {
        clearBack();
        double levels = 0;
        double trends = 0;
        for (int t = steps - 1; t >= 0; t--) {
            double error = data[t] - means[t];
            double seasons = seasonBack[t + period];
            double back = 0;
            if (!Double.isNaN(error)) {
                alphaBack += levels * error;
                betaBack += trends * error;
                gammaBack += seasons * error;
                back = costs[t] - (alpha * levels + beta * trends + gamma * seasons);
            }
            double ahead = levels + back;
            phiBack += slopes[t] * (trends + ahead);
            seasonBack[t] = seasons + back;
            trends = phi * (trends + ahead);
            levels = ahead;
        }
        levelBack = levels;
        trendBack = trends;
    }

    @Override
    void sensitivities(double[][] rows) {
        int columns = columns();
        double[] currents = new double[columns];
        double[] trends = new double[columns];
        double[] ring = firstSeasonRows();
        currents[LEVEL] = 1;
        trends[TREND] = 1;
        for (int t = 0; t < steps; t++) {
            trends[PHI] += slopes[t] / phi;
            double error = data[t] - means[t];
            boolean present = !Double.isNaN(error);
            move(rows[t], currents, trends, ring, (t % period) * columns, present ? 1 : 0);
            if (present) {
                currents[ALPHA] += error;
                trends[BETA] += error;
                ring[(t % period) * columns + GAMMA] += error;
            }
        }
    }

    private void move(double[] row, double[] currents, double[] trends, double[] ring, int slot, int present) {
        double levelGain = alpha * present;
        double trendGain = beta * present;
        double seasonGain = gamma * present;
        int columns = currents.length;
        for (int k = 0; k < columns; k++) {
            double slope = phi * trends[k];
            double ahead = currents[k] + slope;
            double mean = ahead + ring[slot + k];
            row[k] = mean;
            currents[k] = ahead - levelGain * mean;
            trends[k] = slope - trendGain * mean;
            ring[slot + k] -= seasonGain * mean;
        }
    }
}
