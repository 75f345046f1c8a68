package io.foreshard.forecast.decomposition;

/**
 * How much of a series is season and trend, from 0, nothing, to 1, all (Wang, Smith and Hyndman 2006; Hyndman and Athanasopoulos, section
 * 4.3): 1 - variance of the remainder over that of the part and the remainder together. R's {@code nsdiffs} differences seasonally above
 * 0.64.
 */
public final class SeasonalStrength {

    private SeasonalStrength() {}

    /**
     * Returns the strength of one season.
     *
     * @param parts of a series
     * @param index into {@link Decomposition#periods}
     * @return 0…1; 0 when nothing varies
     */
    public static double seasonal(Decomposition parts, int index) {
        return strength(parts.seasonal(index), parts.remainder());
    }

    /**
     * Returns the strength of the trend.
     *
     * @param parts of a series
     * @return 0…1; 0 when nothing varies
     */
    public static double trend(Decomposition parts) {
        return strength(parts.trend(), parts.remainder());
    }

    private static double strength(double[] part, double[] remainder) {
        double unit = 0;
        for (int i = 0; i < part.length; i++) {
            unit = Math.max(unit, Math.abs(part[i]));
            unit = Double.isNaN(remainder[i]) ? unit : Math.max(unit, Math.abs(remainder[i]));
        }
        double whole = variance(part, remainder, 1, unit);
        if (!(whole > 0)) {
            return 0;
        }
        return Math.max(0, Math.min(1, 1 - variance(part, remainder, 0, unit) / whole));
    }

    /** The variance of share · part + remainder in squares of the unit, without the missing samples. */
    private static double variance(double[] part, double[] remainder, double share, double unit) {
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < part.length; i++) {
            if (!Double.isNaN(remainder[i])) {
                count++;
                double value = share * (part[i] / unit) + remainder[i] / unit;
                double change = value - mean;
                mean += change / count;
                squares += change * (value - mean);
            }
        }
        return count == 0 ? 0 : squares / count;
    }
}
