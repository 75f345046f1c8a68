package io.foreshard.stackvirt.traffic;

/**
 * Whether probabilities came true as often as they said: sums of forecasts and of outcomes in bands, and the cost in bits against always saying the
 * average.
 */
public final class Reliability {

    private static final int BANDS = 10;

    private final double[] said = new double[BANDS];
    private final long[] came = new long[BANDS];
    private final long[] count = new long[BANDS];
    private double cost;

    Reliability() {}

    void record(double probability, boolean needed, boolean idle) {
        if (!idle) {
            return;
        }
        int band = band(probability);
        said[band] += probability;
        came[band] += needed ? 1 : 0;
        count[band]++;
        cost -= Math.log(needed ? probability : 1 - probability);
    }

    /** Four bands to the decade below 0.1, then 0.2, 0.5, 0.8. */
    private static int band(double probability) {
        if (probability >= 0.1) {
            return probability >= 0.8 ? 9 : probability >= 0.5 ? 8 : probability >= 0.2 ? 7 : 6;
        }
        return (int) Math.max(0, Math.min(5, 2 * Math.log10(probability / 1e-4)));
    }

    /** Returns how many bands there are. */
    public int bands() {
        return BANDS;
    }

    /**
     * Returns the mean probability of a band.
     *
     * @param band from 0
     */
    public double said(int band) {
        return said[band] / Math.max(1, count[band]);
    }

    /**
     * Returns the share of a band that came true.
     *
     * @param band from 0
     */
    public double came(int band) {
        return (double) came[band] / Math.max(1, count[band]);
    }

    /**
     * Returns how many forecasts fell into a band.
     *
     * @param band from 0
     */
    public long count(int band) {
        return count[band];
    }

    /** Returns the coding cost of what happened over that of the average rate: below 1 is better; NaN if nothing is known. */
    public double skill() {
        double all = 0;
        double hits = 0;
        for (int band = 0; band < BANDS; band++) {
            all += count[band];
            hits += came[band];
        }
        double rate = hits / all;
        double plain = -(hits * Math.log(rate) + (all - hits) * Math.log(1 - rate));
        return hits == 0 || hits == all ? Double.NaN : cost / plain;
    }
}
