package io.foreshard.examples.addresses;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.Arrays;

/** A series beside what was expected of it so many steps before: 80 of 100 values should lie within the band. Confined to one thread. */
final class Foreseen {

    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    private final double[] values;
    private final double[] lows;
    private final double[] highs;
    private final int ahead;
    private final Forecaster forecaster;
    private int count;

    /**
     * Makes an empty one.
     *
     * @param steps how many values there will be
     * @param ahead how many steps before each the forecast is made
     * @param forecaster may have learnt before
     */
    Foreseen(int steps, int ahead, Forecaster forecaster) {
        this.ahead = ahead;
        this.forecaster = forecaster;
        values = new double[steps];
        lows = new double[steps];
        highs = new double[steps];
        Arrays.fill(lows, Double.NaN);
        Arrays.fill(highs, Double.NaN);
        expect(ahead - 1);
    }

    void add(double value) {
        values[count++] = value;
        forecaster.update(value);
        expect(count - 1 + ahead);
    }

    private void expect(int step) {
        Forecast forecast = forecaster.forecast(ahead);
        // Without any skill yet it has learnt nothing, and the band would be a line.
        if (step < values.length && !Double.isNaN(forecast.skill())) {
            lows[step] = forecast.quantile(LOW, ahead);
            highs[step] = forecast.quantile(HIGH, ahead);
        }
    }

    double[] values() {
        return values.clone();
    }

    double[] lows() {
        return lows.clone();
    }

    double[] highs() {
        return highs.clone();
    }

    /** Returns the share of values within the band, {@link Double#NaN} if none was expected. */
    double coverage() {
        int within = 0;
        int expected = 0;
        for (int i = 0; i < count; i++) {
            if (!Double.isNaN(lows[i])) {
                expected++;
                within += values[i] >= lows[i] && values[i] <= highs[i] ? 1 : 0;
            }
        }
        return expected == 0 ? Double.NaN : (double) within / expected;
    }
}
