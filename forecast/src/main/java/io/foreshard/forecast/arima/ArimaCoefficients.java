package io.foreshard.forecast.arima;

import java.util.Arrays;
import java.util.Locale;

/**
 * The parameters of an ARIMA process without its noise: {@code w(t) - c = Σ φᵢ (w(t-i) - c) + e(t) + Σ θⱼ e(t-j)}, where w is the
 * series differenced d times and c its mean (d = 0) or drift per step (d = 1). The signs are those of R and statsmodels.
 *
 * <p>Immutable. The autoregressive part is always stationary and the moving average invertible.
 */
public final class ArimaCoefficients {

    private final ArimaOrder order;
    private final double[] ar;
    private final double[] ma;
    private final boolean hasConstant;
    private final double constant;

    private ArimaCoefficients(ArimaOrder order, double[] ar, double[] ma, boolean hasConstant, double constant) {
        this.order = order;
        this.ar = ar;
        this.ma = ma;
        this.hasConstant = hasConstant;
        this.constant = constant;
    }

    /**
     * Returns coefficients without a mean or drift.
     *
     * @param ar φ, from lag 1 on, stationary
     * @param differences d, 0 to 2
     * @param ma θ, from lag 1 on, invertible
     * @return the coefficients; the arrays are copied
     * @throws IllegalArgumentException if there are too many, or a root lies on or within the unit circle
     */
    public static ArimaCoefficients of(double[] ar, int differences, double[] ma) {
        ArimaOrder order = new ArimaOrder(ar.length, differences, ma.length);
        requireStable("ar", ar, ar);
        requireStable("ma", ma, negated(ma));
        return new ArimaCoefficients(order, ar.clone(), ma.clone(), false, 0);
    }

    /**
     * Returns the same coefficients with a mean (d = 0) or drift (d = 1).
     *
     * @param value finite, in units of the series (per step for a drift)
     * @return a copy with it
     * @throws IllegalArgumentException if the value is not finite or d is 2
     */
    public ArimaCoefficients withConstant(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("constant: " + value + " (expected: finite)");
        }
        if (order.d() > 1) {
            throw new IllegalArgumentException("constant: " + value + " (expected: none with two differences)");
        }
        return new ArimaCoefficients(order, ar, ma, true, value);
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    private static void requireStable(String name, double[] given, double[] polynomial) {
        if (!Partials.isStable(polynomial, 1)) {
            throw new IllegalArgumentException(
                    name + ": " + Arrays.toString(given) + " (expected: all roots outside the unit circle)");
        }
    }

    /** Returns the orders. */
    public ArimaOrder order() {
        return order;
    }

    /** Returns a copy of φ, from lag 1 on. */
    public double[] ar() {
        return ar.clone();
    }

    /** Returns a copy of θ, from lag 1 on. */
    public double[] ma() {
        return ma.clone();
    }

    /** Returns whether there is a mean or drift. */
    public boolean hasConstant() {
        return hasConstant;
    }

    /** Returns the mean (d = 0) or drift per step (d = 1); 0 where there is none. */
    public double constant() {
        return constant;
    }

    /** Returns orders and values for people: {@code ARIMA(1,1,1) with drift φ=[0.5] θ=[-0.2] c=3.1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(order.toString());
        if (hasConstant) {
            text.append(order.d() == 0 ? " with mean" : " with drift");
        }
        append(text, " φ=", ar);
        append(text, " θ=", ma);
        if (hasConstant) {
            text.append(String.format(Locale.ROOT, " c=%.6g", constant));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, double[] values) {
        if (values.length > 0) {
            text.append(name);
            String separator = "[";
            for (double value : values) {
                text.append(separator).append(String.format(Locale.ROOT, "%.4g", value));
                separator = " ";
            }
            text.append(']');
        }
    }
}
