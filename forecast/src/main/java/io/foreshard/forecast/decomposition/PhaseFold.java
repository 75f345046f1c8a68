package io.foreshard.forecast.decomposition;

import java.util.Arrays;
import org.apache.commons.math3.special.Beta;

/**
 * A series cut into cycles of one period: do the cycles look alike?
 *
 * <p>What the mean cycle explains is compared with what the cycles keep for themselves by the F statistic, of which the degrees of freedom
 * are not the number of phases but that of the independent waves in the residual cycles, {@code (Σ P)² / Σ P²} over their spectrum P. So
 * wandering series, whose cycles are smooth whether they repeat or not, are not taken for seasonal. The trend is the line through the
 * medians of the cycles; values far out are drawn in.
 */
final class PhaseFold {

    private static final int MOST_BINS = 96;
    private static final double FAR_OUT = 6;
    private static final int CYCLES_FOR_MEDIANS = 5;
    private static final double ROUNDING = 1e-24;

    private final int cycles;
    private final int bins;
    private final double[][] shapes;
    private final double[] meanShape;
    private final double[] season;
    private final double explained;
    private double between;
    private double within;

    /**
     * Folds the newest whole cycles of a complete series of magnitude 1; there have to be two at least.
     *
     * @param keepPeaks whether a peak that comes back in each cycle keeps its height, for the best estimate of the season from five cycles on; without, the
     *     test is valid for heavy tails too
     */
    PhaseFold(double[] values, int period, boolean keepPeaks) {
        cycles = values.length / period;
        bins = Math.min(period, MOST_BINS);
        int first = values.length - cycles * period;
        double[] detrended = detrended(values, first, period);
        drawIn(detrended, keepPeaks && cycles >= CYCLES_FOR_MEDIANS ? phaseMedians(detrended, period) : new double[1]);
        shapes = new double[cycles][bins];
        meanShape = new double[bins];
        season = means(detrended, period);
        explained = explainedBy(season, detrended);
        fold(detrended, period);
        compare();
    }

    /** The variance that the period explains, without what it would explain by chance; in squares of the series' unit. */
    double explained() {
        return explained;
    }

    /** How often cycles would look as much alike by chance. */
    double unlikelihood() {
        if (!(between + within > ROUNDING * cycles * bins)) {
            return 1;
        }
        double freedom = freedom();
        double share = within / (between + within);
        // The upper tail of F, as a lower tail of the beta distribution.
        return share > 0 ? Beta.regularizedBeta(share, (cycles - 1) * freedom / 2, freedom / 2) : 0;
    }

    /** The mean of each phase; the newest sample has the last phase. Not to be changed. */
    double[] season() {
        return season;
    }

    private double explainedBy(double[] means, double[] values) {
        double own = 0;
        double common = 0;
        for (int i = 0; i < values.length; i++) {
            double mean = means[i % means.length];
            own += (values[i] - mean) * (values[i] - mean);
            common += mean * mean;
        }
        return Math.max(0, common - own / (cycles - 1)) / values.length;
    }

    private double[] means(double[] values, int period) {
        double[] means = new double[period];
        for (int i = 0; i < values.length; i++) {
            means[i % period] += values[i] / cycles;
        }
        return means;
    }

    private double[] detrended(double[] values, int first, int period) {
        double[] medians = new double[cycles];
        double[] cycle = new double[period];
        for (int c = 0; c < cycles; c++) {
            System.arraycopy(values, first + c * period, cycle, 0, period);
            medians[c] = median(cycle);
        }
        double[] detrended = new double[cycles * period];
        for (int i = 0; i < detrended.length; i++) {
            double position = (i + 0.5) / period - 0.5;
            int left = Math.max(0, Math.min(cycles - 2, (int) Math.floor(position)));
            double slope = medians[left + 1] - medians[left];
            detrended[i] = values[first + i] - medians[left] - (position - left) * slope;
        }
        return detrended;
    }

    /** Changes the order. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
    }

    /** Around 0, or around the median of the phase, so that regular peaks stay and odd ones go. */
    private void drawIn(double[] values, double[] centres) {
        double[] sizes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            sizes[i] = Math.abs(values[i] - centres[i % centres.length]);
        }
        double mean = Arrays.stream(sizes).average().orElse(0);
        double median = median(sizes);
        double limit = FAR_OUT * (median > 0 ? median : mean);
        for (int i = 0; i < values.length; i++) {
            double centre = centres[i % centres.length];
            values[i] = Math.max(centre - limit, Math.min(centre + limit, values[i]));
        }
    }

    private double[] phaseMedians(double[] values, int period) {
        double[] medians = new double[period];
        double[] phase = new double[cycles];
        for (int at = 0; at < period; at++) {
            for (int c = 0; c < cycles; c++) {
                phase[c] = values[c * period + at];
            }
            medians[at] = median(phase);
        }
        return medians;
    }

    private void fold(double[] values, int period) {
        int[] sizes = new int[bins];
        for (int phase = 0; phase < period; phase++) {
            sizes[bin(phase, period)]++;
        }
        for (int c = 0; c < cycles; c++) {
            double mean = 0;
            for (int phase = 0; phase < period; phase++) {
                int bin = bin(phase, period);
                shapes[c][bin] += values[c * period + phase] / sizes[bin];
            }
            for (double value : shapes[c]) {
                mean += value / bins;
            }
            for (int bin = 0; bin < bins; bin++) {
                shapes[c][bin] -= mean;
                meanShape[bin] += shapes[c][bin] / cycles;
            }
        }
    }

    private int bin(int phase, int period) {
        return (int) ((long) phase * bins / period);
    }

    /** Leaves the residual cycles in the shapes. */
    private void compare() {
        for (double value : meanShape) {
            between += cycles * value * value;
        }
        for (double[] shape : shapes) {
            for (int bin = 0; bin < bins; bin++) {
                shape[bin] -= meanShape[bin];
                within += shape[bin] * shape[bin];
            }
        }
    }

    /** How many independent waves the residual cycles hold; 1 when they hold none. */
    private double freedom() {
        double[] cosines = new double[bins];
        double[] sines = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            cosines[bin] = Math.cos(2 * Math.PI * bin / bins);
            sines[bin] = Math.sin(2 * Math.PI * bin / bins);
        }
        double sum = 0;
        double squares = 0;
        for (int harmonic = 1; harmonic <= bins / 2; harmonic++) {
            double power = 0;
            for (double[] shape : shapes) {
                power += power(shape, harmonic, cosines, sines);
            }
            sum += power;
            squares += power * power;
        }
        return squares > 0 ? Math.max(1, sum * sum / squares) : 1;
    }

    private static double power(double[] shape, int harmonic, double[] cosines, double[] sines) {
        double real = 0;
        double imaginary = 0;
        int at = 0;
        for (double value : shape) {
            real += value * cosines[at];
            imaginary += value * sines[at];
            at += harmonic;
            at = at >= cosines.length ? at - cosines.length : at;
        }
        return real * real + imaginary * imaginary;
    }
}
