package io.foreshard.forecast.arima;

/**
 * φ and θ as a point without bounds: the inverse hyperbolic tangents of their partial autocorrelations, so that every point is
 * stationary and invertible.
 */
final class ArmaPoint {

    /** tanh of it is 1 - 4e-7. */
    private static final double MAX_COORDINATE = 7.7;

    private static final double MAX_START = 3;

    private final int p;
    private final double[] coordinates;
    private final double[] ar;
    private final double[] ma;

    private ArmaPoint(int p, double[] coordinates) {
        this.p = p;
        this.coordinates = coordinates;
        int q = coordinates.length - p;
        ar = new double[p];
        ma = new double[q];
        Partials.toCoefficients(partials(0, p), ar);
        Partials.toCoefficients(partials(p, q), ma);
        for (int j = 0; j < q; j++) {
            ma[j] = -ma[j];
        }
    }

    static ArmaPoint origin(int p, int q) {
        return new ArmaPoint(p, new double[p + q]);
    }

    /** The point of these coefficients, drawn inwards as far as it takes to be stationary and invertible. */
    static ArmaPoint near(double[] ar, double[] ma) {
        double[] coordinates = new double[ar.length + ma.length];
        place(ar, 1, coordinates, 0);
        place(ma, -1, coordinates, ar.length);
        return new ArmaPoint(ar.length, coordinates);
    }

    private static void place(double[] coefficients, int sign, double[] coordinates, int at) {
        double[] drawn = new double[coefficients.length];
        double[] partials = new double[coefficients.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = Double.isFinite(coefficients[i]) ? sign * coefficients[i] : 0;
        }
        while (!Partials.fromCoefficients(drawn, partials)) {
            double power = 1;
            for (int i = 0; i < drawn.length; i++) {
                power *= 0.9;
                drawn[i] *= power;
            }
        }
        for (int i = 0; i < drawn.length; i++) {
            double value = 0.5 * Math.log((1 + partials[i]) / (1 - partials[i]));
            coordinates[at + i] = Math.max(-MAX_START, Math.min(MAX_START, value));
        }
    }

    /** The same process with other orders: lags beyond them are dropped, new ones are 0. */
    ArmaPoint resized(int newP, int newQ) {
        double[] resized = new double[newP + newQ];
        System.arraycopy(coordinates, 0, resized, 0, Math.min(p, newP));
        System.arraycopy(coordinates, p, resized, newP, Math.min(ma.length, newQ));
        return new ArmaPoint(newP, resized);
    }

    ArmaPoint moved(double[] step) {
        double[] moved = coordinates.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE, moved[i] + step[i]));
        }
        return new ArmaPoint(p, moved);
    }

    double[] minus(ArmaPoint other) {
        double[] step = new double[coordinates.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = coordinates[i] - other.coordinates[i];
        }
        return step;
    }

    private double[] partials(int from, int count) {
        double[] partials = new double[count];
        for (int i = 0; i < count; i++) {
            partials[i] = Math.tanh(coordinates[from + i]);
        }
        return partials;
    }

    int size() {
        return coordinates.length;
    }

    double[] ar() {
        return ar;
    }

    double[] ma() {
        return ma;
    }

    /** The derivatives of φ, then θ, by the coordinates. */
    double[][] slopes() {
        double[][] slopes = new double[size()][size()];
        place(0, p, 1, slopes);
        place(p, ma.length, -1, slopes);
        return slopes;
    }

    private void place(int from, int count, int sign, double[][] slopes) {
        double[] partials = partials(from, count);
        double[][] block = new double[count][count];
        Partials.derivatives(partials, block);
        for (int i = 0; i < count; i++) {
            for (int m = 0; m < count; m++) {
                double byCoordinate = (1 - partials[m]) * (1 + partials[m]);
                slopes[from + i][from + m] = sign * block[i][m] * byCoordinate;
            }
        }
    }
}
