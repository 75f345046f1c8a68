package io.foreshard.forecast.score;

/** Scores of point forecasts. Arrays have one value per step. */
public final class PointScores {

    private PointScores() {}

    /**
     * Returns the mean absolute error.
     *
     * @param actual what happened
     * @param forecast what was forecast
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double mae(double[] actual, double[] forecast) {
        Checks.requireSameLength("forecast", forecast, actual);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                sum += Checks.distance(actual[i], forecast[i]);
                count++;
            }
        }
        return sum / count;
    }

    /**
     * Returns the root mean squared error.
     *
     * @param actual what happened
     * @param forecast what was forecast
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double rmse(double[] actual, double[] forecast) {
        Checks.requireSameLength("forecast", forecast, actual);
        RootMeanSquare mean = new RootMeanSquare();
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                mean.add(Checks.distance(actual[i], forecast[i]));
            }
        }
        return mean.value();
    }

    /**
     * Returns the mean absolute scaled error (Hyndman and Koehler 2006). Below 1 is better than the seasonal naive forecast was, one
     * step ahead, on the training data; 0 when there is no error, however small the scale.
     *
     * @param actual what happened
     * @param forecast what was forecast
     * @param scale from {@link NaiveScale#meanAbsolute}
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double mase(double[] actual, double[] forecast, double scale) {
        return Checks.scaled(mae(actual, forecast), scale);
    }

    /**
     * Returns the root mean squared scaled error (Makridakis et al. 2022, M5).
     *
     * @param actual what happened
     * @param forecast what was forecast
     * @param scale from {@link NaiveScale#rootMeanSquare}
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double rmsse(double[] actual, double[] forecast, double scale) {
        return Checks.scaled(rmse(actual, forecast), scale);
    }

    /**
     * Returns the symmetric mean absolute percentage error as in the M4 competition: the mean of 200·|a−f|/(|a|+|f|), where 0/0
     * counts as 0.
     *
     * @param actual what happened
     * @param forecast what was forecast; counts 200 where not finite
     * @return per cent, 0…200
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double smape(double[] actual, double[] forecast) {
        Checks.requireSameLength("forecast", forecast, actual);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                sum += symmetricShare(actual[i], forecast[i]);
                count++;
            }
        }
        return 200 * sum / count;
    }

    private static double symmetricShare(double actual, double forecast) {
        if (!Double.isFinite(forecast)) {
            return 1;
        }
        // Halves, so that the sum of two huge values does not overflow.
        double size = Math.abs(actual) / 2 + Math.abs(forecast) / 2;
        return size == 0 ? 0 : Math.abs(actual / 2 - forecast / 2) / size;
    }

    /**
     * Returns the overall weighted average of the M4 competition: the mean of sMAPE and MASE, each over that of {@link Naive2}. Over many
     * series, all four are averaged over the series first.
     *
     * @param smape of the forecast, per cent
     * @param mase of the forecast
     * @param naiveSmape of Naive2, per cent
     * @param naiveMase of Naive2
     */
    public static double owa(double smape, double mase, double naiveSmape, double naiveMase) {
        return (relative(smape, naiveSmape) + relative(mase, naiveMase)) / 2;
    }

    /**
     * Returns a loss over that of a reference, such as the seasonal naive forecast: below 1 is better; 1 when neither errs.
     *
     * @param loss at least 0
     * @param referenceLoss at least 0
     */
    public static double relative(double loss, double referenceLoss) {
        return loss == referenceLoss ? 1 : loss / referenceLoss;
    }
}
