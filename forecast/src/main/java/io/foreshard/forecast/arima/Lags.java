package io.foreshard.forecast.arima;

/** The two passes of an ARMA filter over a whole series. */
final class Lags {

    private Lags() {}

    /** Writes {@code out(t) = x(t) - Σ φ(i) x(t-i)} for the steps from..to; steps before the first count as 0. */
    static void autoregress(double[] x, double[] ar, int from, int to, double[] out) {
        System.arraycopy(x, from, out, from, to - from);
        for (int i = 0; i < ar.length; i++) {
            double weight = ar[i];
            int lag = i + 1;
            for (int t = Math.max(from, lag); t < to; t++) {
                out[t] -= weight * x[t - lag];
            }
        }
    }

    /**
     * Writes {@code e(t) = x(t) - Σ θ(j) e(t-j)} for the steps from..to, going on from the errors before. The newest error comes
     * last in the sum, so that a step waits for one multiplication only.
     */
    static void invert(double[] x, double[] ma, int from, int to, double[] e) {
        if (ma.length == 0) {
            System.arraycopy(x, from, e, from, to - from);
            return;
        }
        double m1 = ma[0];
        double m2 = ma.length > 1 ? ma[1] : 0;
        double m3 = ma.length > 2 ? ma[2] : 0;
        double m4 = ma.length > 3 ? ma[3] : 0;
        double m5 = ma.length > 4 ? ma[4] : 0;
        double e1 = before(e, from - 1);
        double e2 = before(e, from - 2);
        double e3 = before(e, from - 3);
        double e4 = before(e, from - 4);
        double e5 = before(e, from - 5);
        for (int t = from; t < to; t++) {
            double error = x[t] - (m5 * e5 + m4 * e4) - (m3 * e3 + m2 * e2) - m1 * e1;
            e[t] = error;
            e5 = e4;
            e4 = e3;
            e3 = e2;
            e2 = e1;
            e1 = error;
        }
    }

    private static double before(double[] e, int t) {
        return t < 0 ? 0 : e[t];
    }

    /** The sum of products of the steps from..to, in four parts so that additions overlap. */
    static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int t = from;
        for (; t + 3 < to; t += 4) {
            s0 += a[t] * b[t];
            s1 += a[t + 1] * b[t + 1];
            s2 += a[t + 2] * b[t + 2];
            s3 += a[t + 3] * b[t + 3];
        }
        for (; t < to; t++) {
            s0 += a[t] * b[t];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
