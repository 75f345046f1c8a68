package io.foreshard.forecast.decomposition;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/** The periods at which the spectrum or the autocovariance of a series stands out most. */
final class SpectralPeaks {

    private static final int NEIGHBOURS = 12;
    private static final double FAR_OUT = 6;

    private SpectralPeaks() {}

    /**
     * Up to so many lags at which the changes of the series look most like themselves; they tell periods with sharp shapes, which have
     * little at the period itself in the spectrum.
     *
     * @param longest lag
     */
    static int[] lags(double[] values, int longest, int most) {
        double[] similar = similarity(values, longest);
        int[] lags = new int[most];
        int found = 0;
        while (found < most) {
            int best = indexOfLargest(similar);
            if (similar[best] <= 0) {
                break;
            }
            similar[best] = 0;
            lags[found] = best;
            found++;
        }
        return Arrays.copyOf(lags, found);
    }

    /** Autocovariance of the changes by lag from 2 on, per pair. */
    private static double[] similarity(double[] values, int longest) {
        double[] level = level(values);
        double[] changes = new double[Integer.highestOneBit(4 * level.length)];
        for (int i = 1; i < level.length; i++) {
            changes[i - 1] = level[i] - level[i - 1];
        }
        FastFourierTransformer fft = new FastFourierTransformer(DftNormalization.STANDARD);
        Complex[] power = fft.transform(changes, TransformType.FORWARD);
        for (int bin = 0; bin < power.length; bin++) {
            power[bin] = power[bin].multiply(power[bin].conjugate());
        }
        Complex[] covariance = fft.transform(power, TransformType.INVERSE);
        double[] similarity = new double[longest + 1];
        for (int lag = 2; lag <= longest; lag++) {
            similarity[lag] = covariance[lag].getReal() / (level.length - lag);
        }
        return similarity;
    }

    /** Up to so many periods in steps, not whole ones, the one that stands out most first. */
    static double[] periods(double[] values, int most) {
        double[] power = spectrum(values);
        int length = 2 * (power.length - 1);
        // Below two cycles in the data there is no telling a season from a trend.
        int lowest = Math.max(2, (int) Math.ceil(2.0 * length / values.length));
        double[] heights = new double[power.length];
        for (int bin = lowest; bin < power.length - 1; bin++) {
            boolean peak = power[bin] >= power[bin - 1] && power[bin] >= power[bin + 1];
            heights[bin] = peak ? power[bin] / background(power, bin, lowest) : 0;
        }
        double[] periods = new double[most];
        int found = 0;
        while (found < most) {
            int best = indexOfLargest(heights);
            if (heights[best] <= 1) {
                break;
            }
            heights[best] = 0;
            periods[found] = (double) length / best;
            found++;
        }
        return Arrays.copyOf(periods, found);
    }

    private static int indexOfLargest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** Power by frequency of the series without its line and what is far out, tapered, filled up with zeros to a power of two. */
    private static double[] spectrum(double[] values) {
        int count = values.length;
        double[] level = level(values);
        double[] tapered = new double[Integer.highestOneBit(Math.max(2, 2 * count - 1))];
        for (int i = 0; i < count; i++) {
            double taper = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / count);
            tapered[i] = taper * level[i];
        }
        Complex[] transform =
                new FastFourierTransformer(DftNormalization.STANDARD).transform(tapered, TransformType.FORWARD);
        double[] power = new double[tapered.length / 2 + 1];
        for (int bin = 0; bin < power.length; bin++) {
            power[bin] = Math.pow(transform[bin].abs(), 2);
        }
        return power;
    }

    private static double[] level(double[] values) {
        int half = values.length / 2;
        double left = median(Arrays.copyOfRange(values, 0, half));
        double right = median(Arrays.copyOfRange(values, values.length - half, values.length));
        double slope = (right - left) / (values.length - half);
        double[] level = new double[values.length];
        for (int i = 0; i < level.length; i++) {
            level[i] = values[i] - left - slope * (i - half / 2.0);
        }
        double limit = FAR_OUT * median(Arrays.stream(level).map(Math::abs).toArray());
        for (int i = 0; limit > 0 && i < level.length; i++) {
            level[i] = Math.max(-limit, Math.min(limit, level[i]));
        }
        return level;
    }

    /** Changes the order. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
    }

    private static double background(double[] power, int bin, int lowest) {
        int left = Math.max(lowest, Math.min(bin - NEIGHBOURS, power.length - 2 * NEIGHBOURS - 1));
        int right = Math.min(power.length, left + 2 * NEIGHBOURS + 1);
        double[] around = Arrays.copyOfRange(power, left, right);
        Arrays.sort(around);
        return Math.max(around[around.length / 2], 1e-12 * around[around.length - 1]) + Double.MIN_NORMAL;
    }
}
