package io.foreshard.forecast.theta;

import io.foreshard.forecast.gaps.SeasonalFill;
import java.util.Arrays;

/**
 * What a fit sees of a series: from the first sample on, without gaps and season, around 0 and multiplied by a power of two, so that sums
 * neither overflow nor cancel whatever level and unit of the series are.
 */
final class ThetaSample {

    private final int first;
    private final double[] values;
    private final boolean[] present;
    private final Season season;
    private final double mean;
    private final int exponent;

    private ThetaSample(int first, double[] values, boolean[] present, Season season, double mean, int exponent) {
        this.first = first;
        this.values = values;
        this.present = present;
        this.season = season;
        this.mean = mean;
        this.exponent = exponent;
    }

    static ThetaSample of(double[] series, int period, ThetaSeason choice) {
        int first = 0;
        while (first < series.length && !Double.isFinite(series[first])) {
            first++;
        }
        if (first == series.length) {
            throw new IllegalArgumentException(
                    "series: " + series.length + " steps without a finite sample (expected: at least one)");
        }
        double[] values = Arrays.copyOfRange(series, first, series.length);
        boolean[] present = new boolean[values.length];
        int exponent = normalise(values, present);
        SeasonalFill.fill(values, period);
        Season season = ClassicalSeason.find(values, period, choice);
        int phase = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = season.takeOff(values[i], phase);
            sum += values[i];
            phase = season.after(phase);
        }
        double mean = sum / values.length;
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
        return new ThetaSample(first, values, present, season.times(exponent), mean, exponent);
    }

    private static int normalise(double[] values, boolean[] present) {
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            present[i] = Double.isFinite(values[i]);
            values[i] = present[i] ? values[i] : Double.NaN;
            largest = present[i] ? Math.max(largest, Math.abs(values[i])) : largest;
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.scalb(values[i], -exponent);
        }
        return exponent;
    }

    /** The step of the first sample in the series. */
    int first() {
        return first;
    }

    int count() {
        int count = 0;
        for (boolean one : present) {
            count += one ? 1 : 0;
        }
        return count;
    }

    double[] values() {
        return values;
    }

    boolean[] present() {
        return present;
    }

    /** In the unit of the series. */
    Season season() {
        return season;
    }

    /** A difference of values in the unit of the series. */
    double inUnit(double difference) {
        return Math.scalb(difference, exponent);
    }

    /** A value in the level and unit of the series, of which it takes this share. */
    double atLevel(double value, double share) {
        return Math.scalb(value + share * mean, exponent);
    }
}
