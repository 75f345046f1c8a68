package io.foreshard.forecast.score;

/**
 * The errors of the seasonal naive forecast on the training data, the yardstick of scaled scores (Hyndman and Koehler 2006).
 */
public final class NaiveScale {

    private NaiveScale() {}

    /**
     * Returns the mean absolute change over a season.
     *
     * @param training the data before the forecast; steps that are not finite are skipped with the pairs they are in
     * @param seasonSteps steps of a season, 1 for the naive forecast
     * @return the scale of {@link PointScores#mase} and {@link IntervalScores#msis}; {@link Double#NaN} when no pair is a season apart
     * @throws IllegalArgumentException if the season is below 1
     */
    public static double meanAbsolute(double[] training, int seasonSteps) {
        requireSeason(seasonSteps);
        double sum = 0;
        int pairs = 0;
        for (int i = seasonSteps; i < training.length; i++) {
            double change = Math.abs(training[i] - training[i - seasonSteps]);
            if (Double.isFinite(change)) {
                sum += change;
                pairs++;
            }
        }
        return sum / pairs;
    }

    /**
     * Returns the root of the mean squared change over a season.
     *
     * @param training the data before the forecast; steps that are not finite are skipped with the pairs they are in
     * @param seasonSteps steps of a season, 1 for the naive forecast
     * @return the scale of {@link PointScores#rmsse}; {@link Double#NaN} when no pair is a season apart
     * @throws IllegalArgumentException if the season is below 1
     */
    public static double rootMeanSquare(double[] training, int seasonSteps) {
        requireSeason(seasonSteps);
        RootMeanSquare mean = new RootMeanSquare();
        for (int i = seasonSteps; i < training.length; i++) {
            double change = Math.abs(training[i] - training[i - seasonSteps]);
            if (Double.isFinite(change)) {
                mean.add(change);
            }
        }
        return mean.value();
    }

    private static void requireSeason(int seasonSteps) {
        if (seasonSteps < 1) {
            throw new IllegalArgumentException("seasonSteps: " + seasonSteps + " (expected: >= 1)");
        }
    }
}
