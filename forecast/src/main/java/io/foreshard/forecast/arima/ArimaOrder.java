package io.foreshard.forecast.arima;

/**
 * The orders of an ARIMA process.
 *
 * @param p autoregressive lags, 0 to {@value #MAX_LAGS}
 * @param d how often the series is differenced, 0 to {@value #MAX_DIFFERENCES}
 * @param q moving-average lags, 0 to {@value #MAX_LAGS}
 */
public record ArimaOrder(int p, int d, int q) {

    /** The most lags of either kind. */
    public static final int MAX_LAGS = 5;

    /** The most differences. */
    public static final int MAX_DIFFERENCES = 2;

    /**
     * Checks the orders.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ArimaOrder {
        require("p", p, MAX_LAGS);
        require("d", d, MAX_DIFFERENCES);
        require("q", q, MAX_LAGS);
    }

    static int require(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to " + max + ")");
        }
        return value;
    }

    /** Returns the usual notation, {@code ARIMA(p,d,q)}. */
    @Override
    public String toString() {
        return "ARIMA(" + p + "," + d + "," + q + ")";
    }
}
