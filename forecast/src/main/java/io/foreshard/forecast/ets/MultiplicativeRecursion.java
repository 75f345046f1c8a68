package io.foreshard.forecast.ets;

/** Level, trend and a season that is a factor. */
final class MultiplicativeRecursion extends EtsRecursion {

    private final double[] aheads;
    private final double[] perAhead;
    private final double[] perSeason;

    MultiplicativeRecursion(double[] data, int period) {
        super(data, period);
        aheads = new double[steps];
        perAhead = new double[steps];
        perSeason = new double[steps];
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
            aheads[t] = ahead;
            perAhead[t] = 1 / ahead;
            perSeason[t] = 1 / seasonal;
            means[t] = ahead * seasonal;
            double levelError = data[t] * perSeason[t] - ahead;
            levelError = Double.isNaN(levelError) ? 0 : levelError;
            double seasonError = data[t] * perAhead[t] - seasonal;
            seasonError = Double.isNaN(seasonError) ? 0 : seasonError;
            current = ahead + alpha * levelError;
            slope = phi * slope + beta * levelError;
            season[t + period] = seasonal + gamma * seasonError;
        }
    }

    @Override
    void backwards(double[] costs) {
        clearBack();
        double levels = 0;
        double trends = 0;
        for (int t = steps - 1; t >= 0; t--) {
            double seasons = seasonBack[t + period];
            double ahead = levels;
            double sample = data[t];
            if (!Double.isNaN(sample)) {
                double seasonal = season[t];
                double levelError = sample * perSeason[t] - aheads[t];
                double seasonError = sample * perAhead[t] - seasonal;
                double level = alpha * levels + beta * trends;
                double factor = gamma * seasons;
                alphaBack += levels * levelError;
                betaBack += trends * levelError;
                gammaBack += seasons * seasonError;
                double mean = costs[t] - (level * perSeason[t] + factor * perAhead[t]);
                ahead += mean * seasonal - factor * seasonError * perAhead[t];
                seasons += mean * aheads[t] - level * levelError * perSeason[t];
            }
            seasonBack[t] = seasons;
            phiBack += slopes[t] * (trends + ahead);
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
            int slot = (t % period) * columns;
            move(rows[t], t, currents, trends, ring, slot);
            double sample = data[t];
            if (!Double.isNaN(sample)) {
                double error = sample * perSeason[t] - aheads[t];
                currents[ALPHA] += error;
                trends[BETA] += error;
                ring[slot + GAMMA] += sample * perAhead[t] - season[t];
            }
        }
    }

    private void move(double[] row, int t, double[] currents, double[] trends, double[] ring, int slot) {
        boolean present = !Double.isNaN(data[t]);
        double levelGain = present ? alpha : 0;
        double trendGain = present ? beta : 0;
        double seasonGain = present ? gamma : 0;
        double bySeason = present ? data[t] * perSeason[t] * perSeason[t] : 0;
        double byAhead = present ? data[t] * perAhead[t] * perAhead[t] : 0;
        double seasonal = season[t];
        double level = aheads[t];
        int columns = currents.length;
        for (int k = 0; k < columns; k++) {
            double slope = phi * trends[k];
            double ahead = currents[k] + slope;
            double factor = ring[slot + k];
            double levelError = -bySeason * factor - ahead;
            row[k] = ahead * seasonal + level * factor;
            currents[k] = ahead + levelGain * levelError;
            trends[k] = slope + trendGain * levelError;
            ring[slot + k] = factor - seasonGain * (byAhead * ahead + factor);
        }
    }
}
