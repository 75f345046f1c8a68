package io.foreshard.forecast.score;

/** Seasonal indices of a classical decomposition by centred moving averages, as R's {@code decompose} has them. */
final class SeasonalIndices {

    private SeasonalIndices() {}

    /** One index per step of the season, 1 on average; the series is positive and at least two seasons long. */
    static double[] multiplicative(double[] series, int season) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        for (int i = half; i < series.length - half; i++) {
            sums[i % season] += series[i] / trend(series, i, season);
            counts[i % season]++;
        }
        double mean = 0;
        for (int phase = 0; phase < season; phase++) {
            sums[phase] /= counts[phase];
            mean += sums[phase] / season;
        }
        for (int phase = 0; phase < season; phase++) {
            sums[phase] /= mean;
        }
        return sums;
    }

    /** The mean of one season around a step; the two ends of an even one count half. */
    private static double trend(double[] series, int centre, int season) {
        int half = season / 2;
        double weight = season % 2 == 0 ? 0.5 : 1;
        double sum = weight * series[centre - half] / season + weight * series[centre + half] / season;
        for (int i = centre - half + 1; i < centre + half; i++) {
            sum += series[i] / season;
        }
        return sum;
    }
}
